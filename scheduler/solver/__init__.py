"""Solvers: the only place that imports pulp and highspy."""
