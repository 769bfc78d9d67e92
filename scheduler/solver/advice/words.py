"""Advice in words: one line for each slot, move, swap and cycle."""

from scheduler.constraints import describe
from scheduler.model.problem import Problem
from scheduler.model.text import Text, joined
from scheduler.solver.advice.advice import Effect, Mark, MarkKind, Move, Proposal
from scheduler.solver.repair.words import place_text, staff_text, time_text

SYMBOLS = {
    MarkKind.HERE: Text("●现在", "● here"),
    MarkKind.FREE: Text("✓", "✓"),
    MarkKind.CLASH: Text("✗冲突", "✗ clash"),
    MarkKind.BREAKS: Text("!违规", "! breaks"),
    MarkKind.FORBIDDEN: Text("—不可", "— no"),
}
LEGEND = Text(
    "●现在　✓可排（数字：待改进分的增减）　✗冲突　!违反其他硬性规则　—不可排",
    "● here   ✓ free (number: change of soft cost)   ✗ clash   "
    "! breaks another hard rule   — forbidden",
)
_SHOWN_SENTENCES = 3


def symbol(mark: Mark) -> Text:
    """A mark in a cell of the week: a sign with a word or a number."""
    sign = SYMBOLS[mark.kind]
    if mark.kind is not MarkKind.FREE or mark.effect is None:
        return sign
    return Text(f"{sign.zh}{mark.effect.soft:+d}", f"{sign.en} {mark.effect.soft:+d}")


def effect_text(effect: Effect) -> Text:
    """Changes of cost as "待改进分 +3（上午优先 +3）", hard ones first."""
    parts = [Text(f"待改进分 {effect.soft:+d}", f"soft cost {effect.soft:+d}")]
    if effect.hard:
        hard = Text(f"冲突 {effect.hard:+d}", f"hard cost {effect.hard:+d}")
        parts.insert(0, hard)
    rules = [
        Text(f"{x.rule.title.zh} {x.cost:+d}", f"{x.rule.title.en} {x.cost:+d}")
        for x in effect.rules
    ]
    whole = joined(parts)
    why = joined(rules)
    if not rules:
        return whole
    return Text(f"{whole.zh}（{why.zh}）", f"{whole.en} ({why.en})")


def mark_text(mark: Mark) -> Text:
    """A slot, its sign and what follows: sentences of what is broken, else costs."""
    time = time_text(mark.day, mark.period, mark.week)
    sign = symbol(mark)
    told = [s for reason in mark.reasons for s in reason.sentences]
    what = told[:_SHOWN_SENTENCES]
    if len(told) > len(what):
        what.append(describe.same(f"… +{len(told) - len(what)}"))
    if not what and mark.effect is not None:
        what = [effect_text(mark.effect)]
    return joined((time, sign, joined(what, "", " ")), " ", " ")


def alternative_text(problem: Problem, mark: Mark) -> Text:
    """Another place and other people at the present time, and what follows."""
    assert mark.placement is not None
    place = place_text(problem, mark.placement)
    people = staff_text(problem, mark.placement)
    line = mark_text(mark)
    return Text(
        f"{place.zh} {people.zh}：{line.zh}", f"{place.en} {people.en}: {line.en}"
    )


def proposal_text(problem: Problem, proposal: Proposal) -> Text:
    """A swap or cycle: every lesson's old and new time, then the costs."""
    moves = [_move_text(problem, move) for move in proposal.moves]
    effect = effect_text(proposal.effect)
    return joined(moves, "；", "; ") + Text("。", ". ") + effect


def _move_text(problem: Problem, move: Move) -> Text:
    name = describe.lesson(problem, move.lesson_id)
    old, new = move.before, move.after
    was = time_text(old.day, old.period, old.week)
    then = time_text(new.day, new.period, new.week)
    zh, en = f"{name.zh} {was.zh} → {then.zh}", f"{name.en} {was.en} → {then.en}"
    if old.layout_id != new.layout_id:
        place = place_text(problem, new)
        zh, en = f"{zh}，{place.zh}", f"{en}, {place.en}"
    if old.teacher_ids != new.teacher_ids:
        people = staff_text(problem, new)
        zh, en = f"{zh}，{people.zh}", f"{en}, {people.en}"
    return Text(zh, en)
