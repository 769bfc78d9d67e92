"""The plan for bad weather: which outdoor class goes to which indoor place."""
