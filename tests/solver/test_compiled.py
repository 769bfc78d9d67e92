"""Compiled code of the kernel is kept apart for every state of its sources."""

from pathlib import Path

import pytest
from numba import config

from scheduler.solver.kernel import anneal, compiled, insertion, tally
from scheduler.solver.kernel.compiled import folder_name, is_kept, prepare_folder


def sources(folder: Path, **texts: str) -> list[Path]:
    folder.mkdir(exist_ok=True)
    paths = [folder / f"{name}.py" for name in texts]
    for path, text in zip(paths, texts.values(), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def test_a_change_in_any_file_asks_for_another_folder(tmp_path):
    first = folder_name(sources(tmp_path / "a", tally="one", anneal="two"))

    assert folder_name(sources(tmp_path / "b", tally="one", anneal="two")) == first
    assert folder_name(sources(tmp_path / "c", tally="1", anneal="two")) != first
    assert folder_name(sources(tmp_path / "d", tally="one", anneal="2")) != first


def test_folders_of_older_sources_are_cleared_away(tmp_path):
    (tmp_path / "kernel-old").mkdir()
    (tmp_path / "something-else").mkdir()

    assert prepare_folder([tmp_path], "kernel-new") == tmp_path / "kernel-new"

    left = sorted(path.name for path in tmp_path.iterdir())
    assert left == ["kernel-new", "something-else"]


def test_next_parent_is_taken_where_the_first_cannot_be_written_to(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")

    found = prepare_folder([blocked, tmp_path / "home"], "kernel-1")

    assert found == tmp_path / "home" / "kernel-1"
    assert prepare_folder([blocked], "kernel-1") is None


@pytest.mark.parametrize("function", [anneal.anneal, insertion.insert, tally.begin])
def test_entries_keep_their_code_in_that_folder(function):
    kernel = Path(compiled.__file__).parent
    shared = kernel.parent / "lowering" / "layout.py"

    name = folder_name([*kernel.glob("*.py"), shared])

    assert name in function.stats.cache_path


def test_code_on_disk_is_known_by_the_name_of_its_entry(tmp_path, monkeypatch):
    monkeypatch.setattr(config, "CACHE_DIR", str(tmp_path))
    (tmp_path / "kernel_ab").mkdir()
    (tmp_path / "kernel_ab" / "anneal.anneal-86.py311.nbi").touch()

    assert is_kept("anneal.anneal")
    assert not is_kept("insertion.insert")
