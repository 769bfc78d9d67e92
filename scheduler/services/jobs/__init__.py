"""Computations as an office starts them: solve, repair, level, compare."""
