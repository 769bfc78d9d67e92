"""Words on sheets and what they mean: days, periods, classes, people, subjects."""
