"""Districts solved on a real cluster."""
