"""What explanations consist of, and pieces of their sentences."""
