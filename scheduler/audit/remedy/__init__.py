"""What a school should change: hours of its classes brought to the profile."""
