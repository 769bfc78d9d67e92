"""What goes out to the world: fetching the calendars of venues."""
