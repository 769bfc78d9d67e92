"""The rules, one file each: of lessons here, of people, places and rows by folder."""
