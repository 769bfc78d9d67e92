"""View models: what the pages show, worked out from a timetable, without drawing."""
