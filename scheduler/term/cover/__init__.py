"""Cover: who is away, who stands in, what it weighs."""
