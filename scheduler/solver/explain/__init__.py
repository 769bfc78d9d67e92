"""Why there is no timetable: only what was proven, in numbers and names."""
