"""docs/queries.md, from the question files, their types and the example answers."""

import json
from collections.abc import Iterator
from dataclasses import MISSING, fields
from typing import get_type_hints

from docs.query_answers import FILE, Answers
from queries.catalog import CATALOG, TOPICS, AnyQuestion

HEAD = """<!-- Written by `make docs` from queries/questions/*/*.cypher; do not edit. -->
# Questions

Every question below is one file that runs as pasted into the Neo4j Browser once its parameters are set:
run the text after `//` of its `:param` line first, or paste the form that `sightline queries NAME --literal` prints,
which needs none. `sightline query NAME --param k=v` asks it from the command line.

A question's revision rises when its statement changes; [queries/revisions.csv](../queries/revisions.csv) has the
SHA-256 of every one.

The answers shown are those of the bundled sample and the files of [docs/example](example); at most two rows, long
texts and lists cut.
"""


def queries_page() -> str:
    """Return the text of docs/queries.md."""
    answers: Answers = json.loads(FILE.read_text("utf-8"))
    return HEAD + "".join(f"\n## {topic.title}\n\n{_topic(name, answers)}" for name, topic in TOPICS.items())


def _topic(topic: str, answers: Answers) -> str:
    questions = [question for question in CATALOG.values() if question.topic == topic]
    return "\n".join("\n".join(_question(question, answers.get(question.name, []))) for question in questions)


def _question(question: AnyQuestion, rows: list[dict[str, object]]) -> Iterator[str]:
    yield f"### {question.name}"
    yield ""
    yield f"**{question.file.title}.** {question.file.question}"
    yield ""
    yield (
        f"Parameters: {', '.join(_parameters(question)) or 'none'}. Columns: {', '.join(_columns(question))}. "
        f"Revision {question.file.revision}."
    )
    yield ""
    if not rows:
        yield "The sample has no answer to it.\n"
        return
    yield "```json"
    for row in rows:
        yield json.dumps(row, ensure_ascii=False)
    yield "```\n"


def _parameters(question: AnyQuestion) -> Iterator[str]:
    hints = get_type_hints(question.params)
    for field in fields(question.params):
        default = "" if field.default is MISSING else f" = {json.dumps(field.default)}"
        yield f"`{field.name}: {_words(hints[field.name])}{default}`"


def _columns(question: AnyQuestion) -> Iterator[str]:
    hints = get_type_hints(question.row)
    yield from (f"`{field.name}: {_words(hints[field.name])}`" for field in fields(question.row))


def _words(hint: object) -> str:
    words = hint.__name__ if isinstance(hint, type) and str(hint).startswith("<class") else str(hint)
    return (
        words.replace("tuple[", "list of ")
        .replace(", ...]", "")
        .replace("str", "text")
        .replace(" | None", " or null")
    )
