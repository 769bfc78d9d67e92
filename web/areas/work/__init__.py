"""Areas of the work on a timetable to come: drafts, solving, publishing."""
