"""What pyproject.toml cannot say: a wheel carries ``data/``, inside the package."""

from pathlib import Path
from shutil import copytree, rmtree

from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithData(build_py):
    """Lays ``data/`` into the package, where ``scheduler.formats.shipped`` finds it."""

    def run(self):
        super().run()
        if not self.editable_mode:
            place = Path(self.build_lib, "scheduler", "_data")
            rmtree(place, ignore_errors=True)
            copytree(Path(__file__).parent / "data", place)


setup(cmdclass={"build_py": BuildWithData})
