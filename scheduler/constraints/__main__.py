"""``python -m scheduler.constraints`` writes docs/constraints.md to standard output."""

import sys

from scheduler.constraints.catalogue import render_markdown

sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
sys.stdout.write(render_markdown())
