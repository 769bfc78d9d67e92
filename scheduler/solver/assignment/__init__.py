"""Assignments of people to what has to be done, solved exactly."""
