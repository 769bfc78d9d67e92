"""Districts read from one folder and from many."""
