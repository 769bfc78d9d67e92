"""The fault that is ours: solver and rules disagree."""


class SolverMismatch(Exception):
    """The model's cost differs from the rules' own: a bug, never a bad input."""
