"""Rules on teachers: loads, days, weeks, sites, who teaches."""
