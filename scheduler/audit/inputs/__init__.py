"""What an audit judges: schools in one neutral shape, whatever they were read from."""
