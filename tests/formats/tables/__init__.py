"""Tests of scheduler.formats.tables."""
