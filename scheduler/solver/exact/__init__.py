"""The exact model of a compiled problem, its solver, and the bounds it proves."""
