"""Fair division against all divisions there are."""
