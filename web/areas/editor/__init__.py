"""The timetable editor of a draft: its page, and what its script asks."""

from web.areas.editor.pages import blueprint

__all__ = ["blueprint"]
