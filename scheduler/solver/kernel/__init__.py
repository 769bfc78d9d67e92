"""The search kernel: the terms as arrays, and a compiled local search over them."""
