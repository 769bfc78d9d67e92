"""Changes of rules that might help: limits raised, rows dropped, levels lowered."""

from dataclasses import dataclass, replace

from scheduler.constraints import describe, row_words, words
from scheduler.model.problem import Problem
from scheduler.model.resources import Level
from scheduler.model.settings import RuleSetting, parameters_of, with_parameter
from scheduler.model.text import Text
from scheduler.solver.explain.remedies.changes import Change


@dataclass(frozen=True, slots=True)
class NoDailyPE(Change):
    """Classes need not have PE every day."""

    class_ids: tuple[str, ...]

    def apply(self, problem: Problem) -> Problem:
        """Name them among the rule's exceptions."""
        given = parameters_of(problem.rules, "GiveDailyPE").get("except_classes", ())
        exceptions = (*given, *self.class_ids)
        rules = with_parameter(
            problem.rules, "GiveDailyPE", "except_classes", exceptions
        )
        return replace(problem, rules=rules)

    def text(self, problem: Problem) -> Text:
        """Which classes, and where it is set."""
        who = describe.classes(problem, self.class_ids)
        return Text(
            f"{who}不要求每天有体育类课程（规则“每天一节体育课”的 except_classes）",
            f"no daily PE for {who} (except_classes of GiveDailyPE in rules.toml)",
        )


@dataclass(frozen=True, slots=True)
class Soften(Change):
    """A hard rule is only weighed."""

    rule: str
    title: Text

    def apply(self, problem: Problem) -> Problem:
        """Set its level."""
        own = next((s for s in problem.rules if s.name == self.rule), None)
        rest = tuple(s for s in problem.rules if s is not own)
        softer = replace(own or RuleSetting(self.rule), level=Level.SOFT)
        return replace(problem, rules=(*rest, softer))

    def text(self, problem: Problem) -> Text:
        """The rule, and where it is set."""
        return Text(
            f"把“{self.title.zh}”改为“尽量”（rules.toml 中 {self.rule} 的 level）",
            f'"{self.title.en}" made soft (level of {self.rule} in rules.toml)',
        )


@dataclass(frozen=True, slots=True)
class WithoutRelation(Change):
    """A row of relations.csv is dropped."""

    relation_id: str

    def apply(self, problem: Problem) -> Problem:
        """Drop the row."""
        kept = (x for x in problem.relations if x.relation_id != self.relation_id)
        return replace(problem, relations=tuple(kept))

    def text(self, problem: Problem) -> Text:
        """Which row, and what it asked."""
        asked = row_words.asked_by(problem, problem.relation[self.relation_id])
        return Text(f"不要求{asked.zh}", f"not asking for {asked.en}")


@dataclass(frozen=True, slots=True)
class Unfix(Change):
    """A fixed lesson may be anywhere."""

    lesson_id: str

    def apply(self, problem: Problem) -> Problem:
        """Drop its row."""
        kept = (f for name, f in problem.fixed_at.items() if name != self.lesson_id)
        return replace(problem, fixed=tuple(kept))

    def text(self, problem: Problem) -> Text:
        """Which lesson."""
        name = describe.lesson(problem, self.lesson_id)
        where = words.fixed_at(problem, self.lesson_id)
        return Text(f"{name.zh}不再{where.zh}", f"{name.en} no longer {where.en}")
