"""What the benchmark of the audit says of two runs over the corpus."""

from tests.benchmarks.audit_corpus import compared, read_baseline
from tests.formats.spreadsheets.corpus.layouts import LAYOUTS


def test_new_and_gone_findings_are_told_rule_by_rule_and_file_by_file():
    before = {"a": {"A02": "3:aaaa", "C09": "2:bbbb"}, "b": {"A02": "1:cccc"}}
    now = {"a": {"A02": "5:dddd", "C09": "2:eeee"}, "c": {"D01": "4:ffff"}}
    assert compared(before, now) == {
        # Two more in a, one less in b; as many but others of C09; four new in c.
        "A02": (5, 2, 1, 0),
        "C09": (2, 0, 0, 1),
        "D01": (4, 4, 0, 0),
    }


def test_equal_runs_have_nothing_new():
    kept = read_baseline()
    assert {counts[1:] for counts in compared(kept, kept).values()} == {(0, 0, 0)}


def test_the_kept_findings_are_of_at_least_a_hundred_files_in_every_layout():
    files = [name.partition("/")[0] for name in read_baseline()]
    assert len(files) >= 100
    assert set(files) == set(LAYOUTS)
