"""From the primitives of a problem to arrays: Python and NumPy, nothing compiled."""
