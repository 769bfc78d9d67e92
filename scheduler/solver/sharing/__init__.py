"""Fair division of scarce things, solved exactly."""
