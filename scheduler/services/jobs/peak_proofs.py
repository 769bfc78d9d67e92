"""Peaks of a timetable against what was proven of any timetable."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from scheduler.constraints import words
from scheduler.constraints.evaluate import evaluate
from scheduler.formats.week_grid import venue_load
from scheduler.model.settings.source import Source
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable
from scheduler.solver.peaks import PeakModel

_NOTHING = Text("", "")


@dataclass(frozen=True, slots=True)
class VenueProof:
    """A venue's peak and the least it can be; None where time ran out.

    ``alone``: whatever the load of other venues; ``beside``: while no other venue's
    peak rises.
    """

    venue_id: str
    peak: int
    alone: int | None
    beside: int | None

    @property
    def minimal(self) -> bool:
        """Whether no timetable has a lower peak here without a higher one elsewhere."""
        return self.beside is not None and self.peak <= self.beside

    @property
    def text(self) -> Text:
        """What was proven, for people."""
        if self.minimal:
            return Text(
                f"高峰{self.peak}个班，已证明最低（不抬高其他场地的高峰，没有课表更低）",
                f"peak {self.peak}, proven least: none lower without a higher peak at "
                "another venue",
            )
        if self.beside is None:
            return Text(
                f"高峰{self.peak}个班，最低值未在时限内证明",
                f"peak {self.peak}, the least was not proven in time",
            )
        return Text(
            f"高峰{self.peak}个班，已证明任何课表不低于{self.beside}个班",
            f"peak {self.peak}, proven: no timetable is below {self.beside}",
        )


@dataclass(frozen=True, slots=True)
class PeakProofs:
    """Proofs for the venues that several classes share.

    ``least_sum`` is the least sum of their peaks, None where time ran out or no
    timetable exists. ``usable``: the timetable keeps the hard rules and places all
    lessons; of others nothing is said, for they may lie below what is possible.
    ``impossible``: it is proven that no timetable keeps the hard rules; ``as_read``
    says of which file, where some of it was read approximately.
    """

    venues: tuple[VenueProof, ...]
    least_sum: int | None
    usable: bool
    impossible: bool = False
    as_read: Text = _NOTHING

    @property
    def of(self) -> Mapping[str, VenueProof]:
        """Proofs by venue."""
        return {proof.venue_id: proof for proof in self.venues}

    @property
    def sum(self) -> int:
        """Sum of the peaks."""
        return sum(proof.peak for proof in self.venues)

    @property
    def text(self) -> Text:
        """What was proven of all shared venues together."""
        if not self.usable:
            least = self._least
            return Text(
                f"{least.zh}；这份课表未排完整或违反硬性规则，不与之比较",
                f"{least.en}; this timetable is not complete or breaks hard rules and "
                "is not held against it",
            )
        if self.least_sum is None:
            least = Text("最低值未在时限内证明", "the least was not proven in time")
        elif self.sum <= self.least_sum:
            least = Text("已证明最低", "proven least")
        else:
            least = Text(
                f"已证明任何课表不低于{self.least_sum}",
                f"proven: no timetable is below {self.least_sum}",
            )
        return Text(
            f"多班共用场地的高峰合计{self.sum}个班，{least.zh}",
            f"the peaks of shared venues add up to {self.sum}, {least.en}",
        )

    @property
    def _least(self) -> Text:
        """What was proven of every timetable, whatever this one is."""
        if self.impossible:
            return Text(
                "已证明没有课表能满足全部硬性规则，高峰没有最低值"
                f"{words.brackets(self.as_read).zh}",
                "it is proven that no timetable keeps the hard rules, so there are no "
                f"least peaks{words.brackets(self.as_read).en}",
            )
        if self.least_sum is None:
            return Text(
                "高峰最低值未在时限内证明", "the least peaks were not proven in time"
            )
        return Text(
            f"高峰最低值合计{self.least_sum}个班",
            f"the least sum of peaks is {self.least_sum}",
        )


def peaks_of(timetable: Timetable, venues: Iterable[str]) -> dict[str, int]:
    """Most classes at once in each of these venues."""
    return {v: venue_load(timetable, v).peak_classes for v in venues}


def prove_peaks(
    timetable: Timetable,
    seconds: float,
    told: Callable[[int, int], object] = lambda done, of: None,
) -> PeakProofs:
    """Prove how low the peaks can be.

    Parameters:
        seconds: For each of the proofs: one for all, two for each shared venue.
        told: Told how many venues are done, and of how many.

    Raises:
        InputError: the rule settings are wrong.
    """
    model = PeakModel(timetable.problem)
    peaks = peaks_of(timetable, model.venues)
    complete = len(timetable.placements) == len(timetable.problem.lessons)
    usable = complete and not evaluate(timetable).hard
    bound = model.together(seconds)
    proofs = []
    for done, (name, peak) in enumerate(peaks.items() if usable else ()):
        told(done, len(peaks))
        alone = model.alone(name, seconds).least
        beside = model.beside(name, peaks, seconds).least
        proofs.append(VenueProof(name, peak, alone, beside))
    as_read = Source.of(timetable.problem.rules).as_read
    return PeakProofs(tuple(proofs), bound.least, usable, bound.impossible, as_read)
