"""Pages of a draft's data: its tables as sheets, what is wrong with them, imports."""
