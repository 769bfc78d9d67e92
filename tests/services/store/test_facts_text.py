"""Facts in the database read back as they were written, or as they were meant."""

import json
from dataclasses import replace

from scheduler.model.resources import SubjectKind
from scheduler.services.store.facts_text import decode, encode
from scheduler.term.facts import Facts, Named

FACTS = Facts(((480, 520),), Named("BALL", "篮球"), SubjectKind.OTHER, (), (), ())


def test_head_count_of_a_club_is_kept():
    club = replace(FACTS, pupils=18)

    assert decode(encode(club)) == club


def test_what_a_text_does_not_say_takes_its_default():
    old = json.loads(encode(FACTS))
    del old["pupils"]

    assert decode(json.dumps(old)) == FACTS
