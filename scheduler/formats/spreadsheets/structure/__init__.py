"""Where things stand on a sheet: header rows, header columns, blocks of cells."""
