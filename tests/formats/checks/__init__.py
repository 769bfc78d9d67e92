"""Tests of scheduler.formats.checks."""
