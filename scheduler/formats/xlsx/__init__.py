"""Workbooks as schools print them."""

from scheduler.formats.xlsx.export import export_workbook
from scheduler.formats.xlsx.names import sheet_names

__all__ = ["export_workbook", "sheet_names"]
