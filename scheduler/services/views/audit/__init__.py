"""Audits made by the command line or by jobs, as pages."""
