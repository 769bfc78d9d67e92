"""Today: the office's day, a teacher's own lessons, the screen in the hall."""
