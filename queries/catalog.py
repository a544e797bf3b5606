"""Every built-in question by name. Looking one up imports the module of its subject and reads no file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import Any, TypeAlias

from graph.errors import NotFoundError
from graph.spelling import did_you_mean
from queries.spec import Question

AnyQuestion: TypeAlias = Question[Any, Any]


@dataclass(frozen=True, slots=True)
class Topic:
    """A folder of questions.

    Attributes:
        title: as pages and the guide of the Browser head it.
        modules: of `queries.questions.<topic>`, in order; the questions that one defines are those of the topic.
    """

    title: str
    modules: tuple[str, ...]


TOPICS: Mapping[str, Topic] = {
    "coverage": Topic(
        "Coverage: what could detect a technique, and what does here",
        ("technique", "totals", "environment", "thin", "visibility"),
    ),
    "evidence": Topic("Evidence: who says what, on which grounds, since when", ("questions",)),
    "lookup": Topic("Single objects and the ways between them", ("questions",)),
    "missing": Topic("What is missing", ("kinds",)),
    "related": Topic("What belongs together", ("methods", "others")),
    "releases": Topic("What is loaded, and how releases differ", ("questions", "holding", "roots")),
    "upgrade": Topic("What going to another release does to evidence", ("questions",)),
    "lint": Topic("Texts held against the structure", ("questions",)),
    "trace": Topic("The records that coverage follows from", ("questions",)),
}
"""By name, in the order of every list."""


class Catalog(Mapping[str, AnyQuestion]):
    """The questions, by name."""

    def __getitem__(self, name: str) -> AnyQuestion:
        """Return the question called `name`; KeyError if there is none."""
        topic = name.partition(".")[0]
        for module in TOPICS[topic].modules:
            for question in _questions(topic, module):
                if question.name == name:
                    return question
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        """Yield the names by topic, in the order of their modules."""
        for name, topic in TOPICS.items():
            for module in topic.modules:
                yield from (question.name for question in _questions(name, module))

    def __len__(self) -> int:
        """Return how many questions there are."""
        return sum(1 for _ in self)


CATALOG = Catalog()


def named(name: str) -> AnyQuestion:
    """Return the question called `name`, also when the topic is left out and one topic has it.

    Raises:
        NotFoundError: there is none; the nearest names are in the message.
    """
    matches = [each for each in CATALOG if each == name or each.partition(".")[2] == name]
    if len(matches) == 1:
        return CATALOG[matches[0]]
    todo = did_you_mean(name, matches or CATALOG, otherwise="`sightline queries` lists them")
    raise NotFoundError("no such query" if not matches else "several queries", where=name, todo=todo)


def _questions(topic: str, module: str) -> tuple[AnyQuestion, ...]:
    return defined_in(import_module(f"queries.questions.{topic}.{module}"))


def defined_in(module: ModuleType) -> tuple[AnyQuestion, ...]:
    """Return the questions that a module names, by themselves or in a table, in the order of their first mention.

    A table is a tuple or a mapping of questions, or of entries that have a `question`.
    """
    found: dict[str, AnyQuestion] = {}
    for value in vars(module).values():
        entries = (
            value.values() if isinstance(value, Mapping) else value if isinstance(value, tuple) else (value,)
        )
        for entry in entries:
            question = entry if isinstance(entry, Question) else getattr(entry, "question", None)
            if isinstance(question, Question):
                found.setdefault(question.name, question)
    return tuple(found.values())
