"""The other half of a solve: bounds and exact search, in a process of its own."""
