"""Schemas are valid, are there for every command, hold what is answered, and only grow."""

import json

import pytest
from jsonschema import Draft202012Validator

from cli.schemas import ANSWERS, fields_of, of_command, of_question, schemas
from cli.topics import TOPICS, Family
from docs.query_answers import FILE as EXAMPLES
from graph.errors import NotFoundError
from queries.catalog import CATALOG
from tests.answer_schemas import closed, without_required
from tools.released_fields import FILE, breaks, current

COMMANDS = {
    f"{word} {under}".strip()
    for members in TOPICS.values()
    for word, member in members.items()
    for under in (member.members if isinstance(member, Family) else [""])
}
NO_ROWS = {"environment init", "remove release", "remove set", "mcp", "schema"}
"""Commands that write text, or nothing."""


def test_every_command_has_a_schema_or_writes_none() -> None:
    described = {words for words in COMMANDS if words in ANSWERS or words.partition(" ")[0] in ANSWERS}
    assert COMMANDS - described == NO_ROWS | {words for words in COMMANDS if words.startswith("export ")}


def test_every_schema_is_valid() -> None:
    for _, schema in schemas():
        Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("name", sorted(CATALOG))
def test_the_example_answer_of_a_question_is_as_its_schema_says(name: str) -> None:
    """A field may be absent: those of one load are left out, and `make docs` answers for the rest."""
    rows = json.loads(EXAMPLES.read_text("utf-8")).get(name, [])
    schema = without_required(closed(of_question(CATALOG[name])))
    Draft202012Validator(schema).validate({"rows": rows})


def test_a_schema_refuses_what_is_not_so() -> None:
    validator = Draft202012Validator(closed(of_command("history")))
    assert not validator.is_valid([{"release": 18.1}])
    assert not validator.is_valid({})
    with pytest.raises(NotFoundError, match="did you mean coverage"):
        of_command("coverag")


def test_released_fields_stay_as_they_are() -> None:
    released = json.loads(FILE.read_text("utf-8"))
    assert breaks(released, current()) == []


def test_a_break_is_seen_and_an_added_field_is_none() -> None:
    before = {"commands/x.json": {"X.a": "string", "X.b": "integer"}}
    assert breaks(before, {"commands/x.json": {"X.a": "string", "X.b": "integer", "X.c": "boolean"}}) == []
    assert breaks(before, {"commands/x.json": {"X.a": "string or null"}}) == [
        "commands/x.json: X.a was string, is string or null",
        "commands/x.json: X.b was integer, is gone",
    ]


def test_fields_are_read_off_a_schema() -> None:
    fields = fields_of(of_command("history"))
    assert fields["HistoryEntry.release"] == "string"
