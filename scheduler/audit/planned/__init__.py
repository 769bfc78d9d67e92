"""Hours of plans and timetables against the standard, with findings."""
