"""Weekly school timetables: model, rules, solver and the services around them."""

__version__ = "0.1.0"
