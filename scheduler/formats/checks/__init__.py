"""Faults that no single cell shows: times, sums, agreements, what cannot fit."""

from collections.abc import Callable, Iterator

from scheduler.formats.checks import (
    activities,
    agreements,
    bells,
    closures,
    escorts,
    exceptions,
    fit,
    fixed,
    habits,
    limits,
    places,
    relations,
    requirements,
    restrictions,
    single_dates,
    targets,
    terms,
    travel,
    unavailable,
)
from scheduler.formats.tables.draft import Draft
from scheduler.model.errors import DataError

Check = Callable[[Draft], Iterator[DataError]]

ERRORS: tuple[Check, ...] = (
    bells.reversed_rows,
    bells.overlapping_rows,
    bells.lesson_numbers,
    terms.term_values,
    terms.closed_entries,
    terms.make_up_days,
    places.ambiguous_zones,
    places.foreign_zones,
    places.wet_outdoors,
    targets.senseless_targets,
    targets.unknown_grades,
    agreements.reversed_agreements,
    agreements.overlapping_windows,
    requirements.no_teacher,
    requirements.block_sums,
    requirements.unusable_layouts,
    restrictions.barred_layouts,
    activities.known_classes,
    activities.own_ids,
    activities.half_meetings,
    activities.usable_layouts,
    restrictions.barred_activities,
    activities.too_many_pupils,
    fixed.fixed_lessons,
    unavailable.unavailable_times,
    exceptions.daily_pe_exceptions,
    limits.clock_times,
    relations.named_lessons,
    relations.needed_columns,
    relations.known_slots,
    travel.missing_ways,
    closures.closure_times,
    closures.booking_times,
    closures.calendar_sources,
    closures.calendar_zones,
    closures.replaced_lessons,
)
IMPOSSIBLE: tuple[Check, ...] = (
    requirements.ended_agreements,
    escorts.busy_escorts,
    escorts.too_few_escorts,
    relations.usable_layouts,
    activities.meetings_without_place,
    fit.blocks_without_place,
    fit.crowded_classes,
    fit.crowded_teachers,
)
WARNINGS: tuple[Check, ...] = (
    bells.short_big_breaks,
    terms.closed_outside,
    terms.first_sundays,
    habits.holidays_without_school,
    habits.odd_sizes,
    habits.namesakes,
    habits.schools_without_pe,
    habits.idle_venues,
    habits.other_subjects,
    habits.colliding_fixed_lessons,
    agreements.useless_dates,
    agreements.own_venues,
    agreements.windows_without_rows,
    places.larger_layouts,
    restrictions.unknown_restrictions,
    escorts.teaching_escorts,
    unavailable.unknown_periods,
    limits.useless_times,
    limits.unknown_tags,
    relations.useless_columns,
    relations.lone_lessons,
    travel.unknown_sites,
    closures.dates_outside,
    single_dates.closed_dates_without_use,
    single_dates.closures_without_lessons,
    single_dates.replaced_at_odd_places,
    closures.missing_calendars,
    closures.unread_calendars,
    closures.lost_bookings,
)


def errors_of(draft: Draft) -> list[DataError]:
    """What makes the problem unusable."""
    return [fault for check in ERRORS for fault in check(draft)]


def impossible_of(draft: Draft) -> list[DataError]:
    """What is well said but cannot have a timetable; an explanation may say more."""
    return [fault for check in IMPOSSIBLE for fault in check(draft)]


def warnings_of(draft: Draft) -> list[DataError]:
    """What is allowed but looks like a mistake."""
    return [fault for check in WARNINGS for fault in check(draft)]
