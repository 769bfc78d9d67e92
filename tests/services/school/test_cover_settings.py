"""A school's own rules of covers are kept with its office."""

from scheduler.services.access.deeds import Act
from scheduler.term.cover.settings import Counting, CoverSettings, LeaveKind, Weights


def test_rules_of_covers_are_kept_and_have_defaults(office):
    assert office.cover_settings() == CoverSettings()
    said = CoverSettings(
        counting=Counting.NET,
        received_free=(LeaveKind.SICK,),
        most_a_day=None,
        excluded=("T1",),
        weights=Weights(other_subject=50),
    )
    office.set_cover_settings(said, "office")
    assert office.cover_settings() == said
    assert office.visitors() is None
    assert [(x.who, x.act) for x in office.deeds()] == [("office", Act.COVER_RULES)]
