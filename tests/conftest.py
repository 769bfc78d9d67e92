"""What every test shares: Hypothesis profiles and which folders hold no tests."""

import os

from hypothesis import settings

collect_ignore = ["benchmarks"]

# Never a deadline: how long an example takes depends on the machine, not on the code.
settings.register_profile("default", deadline=None)
# The same examples on every run, so that a red build means a changed project.
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")
