"""Recount of the certificate beside a timetable: the bound, without proving anew."""

import json
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from scheduler.constraints.catalogue import rules_in_force
from scheduler.model.problem import Problem
from scheduler.model.text import Text
from scheduler.services.jobs.solving import CERTIFICATE
from scheduler.solver.certificates.certificate import Certificate
from scheduler.solver.certificates.model import Model
from scheduler.solver.certificates.recount import Recount, recount
from scheduler.solver.exact.exact_model import ExactModel
from scheduler.solver.options import classes_clash_free, compile_problem


@dataclass(frozen=True, slots=True)
class Recounted:
    """What the certificate gives, or why it gives nothing."""

    found: Recount | None
    text: Text


def recount_beside(
    problem: Problem, timetable: Path, seconds: float
) -> Recounted | None:
    """Add up the certificate in a timetable's folder; None where there is none.

    The exact model is written again from the problem. Blocks that HiGHS proved are
    solved again while there is time.
    """
    path = timetable.parent / CERTIFICATE
    if not path.exists():
        return None
    end = monotonic() + seconds
    try:
        certificate = Certificate.of(json.loads(path.read_text(encoding="utf-8")))
        rules = rules_in_force(problem)
        compiled = compile_problem(problem, rules, classes_clash_free(rules))
        model = Model.of(ExactModel(compiled).problem)
        found = recount(model, certificate, lambda: end - monotonic())
    except (KeyError, TypeError, ValueError, OSError):
        return Recounted(None, _OF_ANOTHER)
    return Recounted(found, _told(found))


_OF_ANOTHER = Text(
    f"{CERTIFICATE} 不是这份数据在这些规则下的证书，改为重新证明。",
    f"{CERTIFICATE} is no certificate of this data under these rules: proven anew.",
)


def _told(found: Recount) -> Text:
    exact, solved, trusted = map(len, (found.exact, found.solved, found.trusted))
    zh = (
        f"{CERTIFICATE} 逐项重新加总：理论最低{found.bound}；"
        f"{exact}块按分数精确核对，{solved}块重新求解，{trusted}块采信求解时的结果。"
    )
    en = (
        f"{CERTIFICATE} added up again: bound {found.bound}; {exact} blocks checked in "
        f"exact fractions, {solved} solved again, {trusted} trusted to the solver."
    )
    if found.holds:
        return Text(zh, en)
    return Text(
        f"{zh} 证书声称{found.claimed}，并不成立。",
        f"{en} It claims {found.claimed}, which does not follow.",
    )
