"""What is measured: the demo schools, and a real school where it is at hand."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SPAIN = ROOT.parent / "shared" / "benchmarks" / "spain-school"
DEMOS = (ROOT / "data" / "demo-school", ROOT / "data" / "demo-junior")


def folders() -> tuple[Path, ...]:
    """All that are there; a missing one is left out of the table, not guessed."""
    return tuple(path for path in (*DEMOS, SPAIN) if path.is_dir())
