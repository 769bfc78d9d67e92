"""Chapter B: are course names standard, is the timetable properly worded."""
