"""Corpus: known timetables rendered as spreadsheets in every layout, with quirks.

It shares no table with the reader: names, spellings and layouts are drawn from what
schools do, so that a gap in the reader's tables shows.
"""
