"""What rules are made of: what they need, what they say, how they are run."""
