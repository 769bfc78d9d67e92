"""Rules on exercise: PE on every day, minutes of activity, none close to lunch."""
