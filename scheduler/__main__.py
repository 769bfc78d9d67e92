"""``python -m scheduler`` is ``cuofeng``."""

import sys

from scheduler.cli import main

sys.exit(main())
