"""Every rule fires on a case, is silent on another, and is never met by no data."""

from dataclasses import replace

import pytest

from scheduler.audit.ruling.rule import Need
from scheduler.audit.running.audit import Outcome, audit
from scheduler.audit.running.catalogue import RULE, RULES
from tests.audit.cases import CLEAN, COMPLYING, VIOLATING
from tests.audit.clean_school import PROFILE
from tests.audit.examples import COMPLIES, page

IDS = [r.id for r in RULES]


def judged(rule, schools):
    """The result of the rule for the first school, or for all together."""
    return audit(schools, PROFILE, [RULE[rule]]).results[0]


def complying(rule):
    return COMPLYING.get(rule, (CLEAN,))


def test_every_rule_of_the_catalogue_has_a_violating_case():
    assert sorted(VIOLATING) == IDS
    assert set(COMPLYING) <= set(IDS)


def test_the_page_of_rules_has_both_examples_of_each():
    assert list(COMPLIES) == IDS
    said = page()
    assert (said.count("- 不符合的例子"), said.count("- 符合的例子")) == (61, 61)


@pytest.mark.parametrize("rule", IDS)
def test_a_rule_fires_on_its_violating_case(rule):
    schools, measured, demanded = VIOLATING[rule]
    result = judged(rule, schools)
    assert result.outcome is Outcome.VIOLATED
    assert (measured, demanded) in [(f.measured, f.demanded) for f in result.found]


@pytest.mark.parametrize("rule", IDS)
def test_a_rule_is_met_by_its_complying_case(rule):
    result = judged(rule, complying(rule))
    assert [f.text.zh for f in result.found] == []
    assert [x.text.zh for x in result.unchecked] == []
    assert result.met > 0


@pytest.mark.parametrize("rule", IDS)
def test_a_rule_is_not_met_by_no_data(rule):
    classes = tuple(replace(c, bell=None, size=None, shown=None) for c in CLEAN.classes)
    empty = replace(CLEAN, classes=classes, lessons=())
    assert judged(rule, (empty, empty)).outcome is not Outcome.MET


WITHOUT = {
    Need.TIMETABLE: lambda s: replace(s, lessons=(), timetable=None),
    Need.BELL: lambda s: replace(
        s,
        classes=tuple(replace(c, bell=None) for c in s.classes),
        lessons=tuple(replace(x, start=None, end=None) for x in s.lessons),
    ),
    Need.STAFF: lambda s: replace(
        s, staff=None, lessons=tuple(replace(x, teachers=()) for x in s.lessons)
    ),
    Need.VENUES: lambda s: replace(
        s, timetable=None, lessons=tuple(replace(x, place="") for x in s.lessons)
    ),
    Need.CALENDAR: lambda s: replace(s, term=None, term_number=None),
    Need.LOG: lambda s: replace(s, delivered=None),
}
NEEDS = [(r.id, need) for r in RULES for need in r.needs]


@pytest.mark.parametrize(("rule", "need"), NEEDS)
def test_a_rule_is_not_met_without_what_it_needs(rule, need):
    """The violating and the complying case alike: what is missing is not passed."""
    for schools in (complying(rule), VIOLATING[rule][0]):
        result = judged(rule, tuple(map(WITHOUT[need], schools)))
        assert result.outcome is not Outcome.MET, rule
