"""The commands: a folder a group, a file each, with its options and what it does."""
