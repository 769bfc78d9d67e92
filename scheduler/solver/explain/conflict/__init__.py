"""Small sets of rules and lessons that cannot hold together."""
