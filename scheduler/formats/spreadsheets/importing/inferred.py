"""Inferred: what an import had to add, as sentences for a person to check."""

from dataclasses import dataclass, field
from typing import Any

from scheduler.model.text import Text


@dataclass(slots=True)
class Inferred:
    """Sentences by table, each once, in the order they came up."""

    texts: dict[str, list[Text]] = field(default_factory=dict)

    def say(self, table: str, zh: str, en: str) -> None:
        """Add a sentence about a table."""
        said = self.texts.setdefault(table, [])
        text = Text(zh, en)
        if text not in said:
            said.append(text)

    def as_json(self) -> dict[str, Any]:
        """Sentences by table, in both languages."""
        return {table: [x.both() for x in said] for table, said in self.texts.items()}

    def sentences(self) -> list[Text]:
        """All sentences in one list."""
        return [text for said in self.texts.values() for text in said]
