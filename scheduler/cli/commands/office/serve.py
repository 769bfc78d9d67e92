"""serve: the web application."""

from scheduler.cli.serve_options import serve_options as add_options
from scheduler.cli.serving import serve as run

__all__ = ["add_options", "run"]
