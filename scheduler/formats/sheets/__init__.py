"""Spreadsheets of any kind as grids of cells: read by content, counted before built."""
