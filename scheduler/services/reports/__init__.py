"""Tables of reports on districts, for files and pages alike."""
