"""Facts in the database read back as they were written, also those of long ago."""

import json
from dataclasses import replace

from scheduler.model.resources import SubjectKind
from scheduler.services.store.facts_text import decode, encode
from scheduler.term.facts import Facts, Named, Place

FACTS = Facts(480, 520, Named("BALL", "篮球"), SubjectKind.OTHER, (), (), ())


def test_head_count_of_a_club_is_kept():
    club = replace(FACTS, pupils=18)

    assert decode(encode(club)) == club


def test_text_from_before_there_were_head_counts_is_read():
    old = json.loads(encode(FACTS))
    del old["pupils"]

    assert decode(json.dumps(old)) == FACTS


def test_text_from_before_venues_had_addresses_is_read():
    at = replace(FACTS, place=Place(Named("P", "公园"), (), "公园路1号", True, True))
    old = json.loads(encode(at))
    old["place"]["site_id"] = old["place"].pop("address")

    assert decode(json.dumps(old)) == decode(encode(at)) == at
