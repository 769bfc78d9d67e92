"""Days: leaves, covers, events, swaps, and what has changed for whom."""
