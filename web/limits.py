"""Limits of what a request may bring; what is longer is refused unread."""

LONGEST_BODY = 64 * 1024
"""Bytes of a form, or of what a script sends."""
LONGEST_UPLOAD = 20 * 1024 * 1024
"""Bytes of the files that somebody sends at once."""
LONGEST_STEP = 4 * 1024 * 1024
"""Bytes of a step that a page of tables sends: a whole table pasted."""
LONGEST_HEADERS = 32 * 1024
"""Bytes of all headers of a request, its address included."""
MOST_FIELDS = 50
"""Fields of a form."""
LONGEST_FIELD = 1000
"""Characters of a field of a form or of a parameter of an address."""
LONGEST_FILE_NAME = 60
"""Characters of the name of a file of style or script; file systems refuse 256."""
