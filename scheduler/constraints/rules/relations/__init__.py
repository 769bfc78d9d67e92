"""Relations of lessons: the rows of relations.csv, kind by kind."""
