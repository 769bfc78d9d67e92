"""Why there is no timetable: only what was proven, in numbers and names."""

from scheduler.solver.explain.explaining import explain
from scheduler.solver.explain.sentences.explanation import (
    Explanation,
    Kind,
    Statement,
    Verdict,
)

__all__ = ["Explanation", "Kind", "Statement", "Verdict", "explain"]
