"""Changes of rules that might help: limits raised, rows dropped, levels lowered."""

from dataclasses import dataclass, replace

from scheduler.constraints import describe, row_words, words
from scheduler.model.problem import Problem
from scheduler.model.resources import Level
from scheduler.model.settings import RuleSetting, parameters_of, with_parameter
from scheduler.model.text import Text
from scheduler.solver.explain.remedies.changes import Change, swapped


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
class HigherLoad(Change):
    """A teacher may give more a day, a week."""

    teacher_id: str
    per_day: int | None
    per_week: int | None

    def apply(self, problem: Problem) -> Problem:
        """Raise the limits."""
        given = problem.teacher[self.teacher_id]
        more = replace(given, max_per_day=self.per_day, max_per_week=self.per_week)
        return replace(problem, teachers=swapped(problem.teachers, given, more))

    def text(self, problem: Problem) -> Text:
        """Whose limits, and how high."""
        name = describe.teacher(problem, self.teacher_id)
        limits = words.load_limits(self.per_day, self.per_week)
        return Text(f"{name}的限额放宽到{limits.zh}", f"{name} gives {limits.en}")


@dataclass(frozen=True, slots=True)
class MoreADay(Change):
    """A requirement may have more lessons a day."""

    requirement_id: str
    most: int

    def apply(self, problem: Problem) -> Problem:
        """Raise the limit."""
        given = problem.requirement[self.requirement_id]
        more = replace(given, max_per_day=self.most)
        return replace(problem, requirements=swapped(problem.requirements, given, more))

    def text(self, problem: Problem) -> Text:
        """The limit."""
        return Text(f"每天最多{self.most}次", f"up to {self.most} lessons a day")


@dataclass(frozen=True, slots=True)
class HigherLimit(Change):
    """A row of limits.csv allows more."""

    limit_id: str
    value: int

    def apply(self, problem: Problem) -> Problem:
        """Raise the row's value."""
        given = problem.limit[self.limit_id]
        more = replace(given, value=self.value)
        return replace(problem, limits=swapped(problem.limits, given, more))

    def text(self, problem: Problem) -> Text:
        """The row as it then reads."""
        row = replace(problem.limit[self.limit_id], value=self.value)
        name = row_words.limit_name(problem, row)
        return Text(f"放宽为：{name.zh}", f"a wider limit: {name.en}")


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
