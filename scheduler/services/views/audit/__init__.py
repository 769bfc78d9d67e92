"""Audits made by the command line, as pages."""
