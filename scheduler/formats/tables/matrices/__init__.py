"""The two tables an office owns, by class and subject: 任课安排 and 课时."""
