"""CP-SAT (OR-Tools) on the very terms our solvers get: an opponent, no part of us."""
