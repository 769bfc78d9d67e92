"""Generated schools: a timetable is planted first, the problem is built round it."""
