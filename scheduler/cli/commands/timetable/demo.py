"""demo: solve a demo school, publish its timetable and serve it."""

from scheduler.cli.serve_options import demo_options as add_options
from scheduler.cli.serving import demo as run

__all__ = ["add_options", "run"]
