"""A district read from its folders or its one folder or workbook."""
