"""Every canned question by name. Looking one up imports the module of its subject and reads no file."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeAlias

from graph.errors import NotFoundError

if TYPE_CHECKING:
    from queries.spec import Question

AnyQuestion: TypeAlias = "Question[Any, Any]"

SUBJECTS: dict[str, tuple[str, ...]] = {
    "coverage": ("technique", "totals", "environment", "thin", "visibility"),
    "evidence": ("questions",),
    "lookup": ("questions",),
    "missing": ("questions",),
    "related": ("methods", "others"),
    "releases": ("questions", "holding"),
}
"""Topic -> the modules of `queries.questions.<topic>` whose `QUESTIONS` belong to it."""


class Catalog(Mapping[str, AnyQuestion]):
    """The questions, by name."""

    def __getitem__(self, name: str) -> AnyQuestion:
        """Return the question called `name`; KeyError if there is none."""
        for module in SUBJECTS.get(name.partition(".")[0], ()):
            for question in _questions(name.partition(".")[0], module):
                if question.name == name:
                    return question
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        """Yield the names by topic, in the order of their modules."""
        for topic, modules in SUBJECTS.items():
            for module in modules:
                yield from (question.name for question in _questions(topic, module))

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
    from difflib import get_close_matches

    near = matches or get_close_matches(name, list(CATALOG), n=3, cutoff=0.4)
    todo = f"nearest: {', '.join(near)}" if near else "`sightline queries` lists them"
    raise NotFoundError("no such question" if not matches else "several questions", where=name, todo=todo)


def _questions(topic: str, module: str) -> tuple[AnyQuestion, ...]:
    questions: tuple[AnyQuestion, ...] = import_module(f"queries.questions.{topic}.{module}").QUESTIONS
    return questions
