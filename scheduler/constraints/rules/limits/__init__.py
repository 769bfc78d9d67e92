"""Limits on people's days and weeks: the rows of limits.csv, kind by kind."""
