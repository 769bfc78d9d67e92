"""The data of a draft: tables edited like sheets, matrices, imports, a workbook."""

from web.areas.data import imports, matrices, steps
from web.areas.data.pages import blueprint

__all__ = ["blueprint", "imports", "matrices", "steps"]
