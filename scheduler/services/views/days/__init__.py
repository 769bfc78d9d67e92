"""Days: who is away, what is open, what is proposed, what has changed."""
