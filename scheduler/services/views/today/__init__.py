"""Today: the office's day at a glance, the hall's screen, a place's own day."""
