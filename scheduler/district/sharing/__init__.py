"""Who gets what before any school is solved: venues' windows, teachers' half-days."""
