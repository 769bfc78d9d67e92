"""Problems and timetables as files of FET."""
