"""The first run on a machine: the search is compiled, by two processes at once."""
