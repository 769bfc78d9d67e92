"""Solving a district on a cluster: its schools as jobs, rounds, what is written."""
