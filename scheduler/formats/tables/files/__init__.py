"""Tables in their files: folders of CSV and TOML, workbooks, read and written."""
