"""The fault that is ours: solver and rules disagree."""


class SolverMismatch(Exception):
    """What a solver claims is not what the rules find: a bug, never a bad input."""
