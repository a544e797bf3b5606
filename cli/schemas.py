"""JSON Schema (2020-12) of what commands answer and of what built-in questions take and return, from their types.

Released schemas only grow: a field may be added, and every other change is a break that a test refuses.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from importlib import import_module
from operator import or_
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from graph.errors import NotFoundError
from graph.spelling import did_you_mean
from queries.answers import over as over_
from queries.answers import rollup
from queries.answers.kinds import KindCount, kinds
from queries.catalog import CATALOG, AnyQuestion
from queries.questions.coverage import environment, technique, totals
from queries.spec import Question

DIALECT = "https://json-schema.org/draft/2020-12/schema"
ANYTHING: Mapping[str, Any] = {"type": "object"}
"""A row whose columns are the person's own."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What a command's JSON can be.

    Attributes:
        rows: an array of objects of one of these types.
        objects: one object of one of these types.
        free: whether there are rows with columns that the person names.
    """

    rows: Callable[[], Iterable[type]] = tuple
    objects: Callable[[], Iterable[type]] = tuple
    free: bool = False


def _at(*places: str) -> Callable[[], Iterable[type]]:
    """Return what imports the types at `module:name` when it is called."""
    return lambda: [_type_at(place) for place in places]


def _type_at(place: str) -> type:
    module, _, name = place.partition(":")
    found: Any = getattr(import_module(module), name)
    row: type = found.row if isinstance(found, Question) else found
    return row


def _kinds() -> Iterable[type]:
    """The count of kinds, and the rows of each."""
    return [KindCount, *dict.fromkeys(kind.question.row for kind in kinds())]


def _coverage() -> Iterable[type]:
    asked: list[AnyQuestion] = [
        *(technique.TECHNIQUE, technique.EVIDENCE, technique.TECHNIQUE_BY_SOURCE),
        *(technique.TECHNIQUE_BY_LOG_SOURCE, totals.PAIRS, totals.BY_TACTIC, totals.BY_PLATFORM),
        *(totals.BY_TECHNIQUE, totals.BY_SOURCE, totals.BY_LOG_SOURCE),
        *(environment.ENVIRONMENT, environment.ENVIRONMENT_BY_LOG_SOURCE),
    ]
    here = (rollup.TacticTotalHere, rollup.PlatformTotalHere, rollup.TechniqueTotalHere)
    over = (over_.StateOver, over_.TotalOver)
    return list(dict.fromkeys([*(question.row for question in asked), *here, *over]))


@dataclass(frozen=True, slots=True)
class TracedNode:
    """A node of a path, with the record that states it."""

    node: str
    key: str | None
    attack_id: str | None
    name: str | None
    sha256: str | None


@dataclass(frozen=True, slots=True)
class TracedOrigin:
    """Where the fact of a hop is in the file that was read."""

    file: str
    place: str


@dataclass(frozen=True, slots=True)
class TracedHop:
    """A hop of a path, with the record that states it and the place in it."""

    relationship: str
    direction: str
    kind: str
    via: str
    sha256: str | None
    at: str
    line: int | None
    origin: TracedOrigin | None
    confidence: str | None
    status: str | None
    category: str | None
    counted: bool | None
    not_counted: str | None


@dataclass(frozen=True, slots=True)
class TracedPath:
    """A path: nodes and hops in turn."""

    path: tuple[TracedNode | TracedHop, ...]


_SHOWN = "queries.answers.show"
_RELEASES = "queries.questions.releases.questions"
ANSWERS: Mapping[str, Answered] = {
    "demo": Answered(objects=_at("cli.commands.demo:Demo")),
    "up": Answered(objects=_at("cli.engine:Up")),
    "down": Answered(objects=_at("cli.engine:Down")),
    "status": Answered(objects=_at("cli.engine:StatusReport")),
    "browser": Answered(objects=_at("cli.commands.browser:Entrance", "cli.commands.browser:Exported")),
    "fetch": Answered(rows=_at("loaders.fetch.shelf:Fetched")),
    "load": Answered(rows=_at("cli.reports:LoadedFile", "cli.reports:LoadedEvidence")),
    "releases": Answered(rows=_at(f"{_RELEASES}:LOADED")),
    "sets": Answered(rows=_at(f"{_RELEASES}:SETS")),
    "environments": Answered(rows=_at(f"{_RELEASES}:ENVIRONMENTS")),
    "annotations": Answered(rows=_at(f"{_RELEASES}:ANNOTATION_FILES")),
    "coverage": Answered(rows=_coverage),
    "show": Answered(
        objects=_at(
            *(f"{_SHOWN}.official:{name}" for name in ("Technique", "Analytic", "Strategy", "Component")),
            *(
                f"{_SHOWN}.official:{name}"
                for name in ("DataSource", "Tactic", "Mitigation", "User", "Asset")
            ),
            f"{_SHOWN}.official:Other",
            *(f"{_SHOWN}.evidence:{name}" for name in ("ShownEvidence", "ShownSet")),
        )
    ),
    "related": Answered(
        rows=_at(
            *("queries.answers.fusion:FusedRelation", "queries.answers.fusion:RankedRelation"),
            "queries.questions.related.others:SEEN_TOGETHER",
        )
    ),
    "missing": Answered(rows=_kinds),
    "why": Answered(rows=_at("queries.questions.coverage.environment:WHY")),
    "trace": Answered(rows=_at("cli.schemas:TracedPath")),
    "verify": Answered(objects=_at("proofs.report:Report")),
    "conflicts": Answered(rows=_at("queries.answers.conflicts:Conflict")),
    "plan telemetry": Answered(
        rows=_at("queries.answers.plan.telemetry:Step", "queries.answers.plan.telemetry:Loss")
    ),
    "plan rules": Answered(rows=_at("queries.answers.plan.rules:RuleStep")),
    "plan upgrade": Answered(objects=_at("queries.answers.upgrade.plan:Upgrade")),
    "lint": Answered(rows=_at("queries.answers.linting.findings:LintFinding")),
    "check": Answered(rows=_at("cli.commands.check:FindingRow")),
    "history": Answered(
        rows=_at(
            f"{_RELEASES}:HISTORY",
            "queries.answers.history:FieldChange",
            "queries.answers.history:RelationshipStep",
        )
    ),
    "diff": Answered(objects=_at("queries.answers.differences:Diff")),
    "search": Answered(rows=_at("queries.questions.lookup.questions:SEARCH")),
    "raw": Answered(
        objects=_at(
            "queries.questions.lookup.questions:RAW", "queries.questions.lookup.questions:RAW_EVIDENCE"
        )
    ),
    "queries": Answered(rows=_at("cli.commands.queries:Listed")),
    "query": Answered(free=True),
    "cypher": Answered(free=True),
}
"""By the words of the command; one that is not here writes text or files. For `query`: `queries NAME --schema`."""


class _Written(GenerateJsonSchema):
    """Schemas of what is written: every field is there, whatever it has when nobody sets it."""

    def field_is_required(self, *_: Any, **__: Any) -> bool:  # noqa: ANN401  as pydantic declares it
        """Tell that a field is always written."""
        return True

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ANN401, ARG002
        """Tell that the name of a field is title enough."""
        return False


def of_command(words: str) -> dict[str, Any]:
    """Return the schema of what a command writes with `--format json`.

    Args:
        words: such as `coverage` or `plan telemetry`; of `load` and `fetch`, one schema holds for all.

    Raises:
        NotFoundError: there is no such command, or its answer is not JSON.
    """
    name = words if words in ANSWERS else words.partition(" ")[0]
    answered = ANSWERS.get(name)
    if answered is None:
        raise NotFoundError(
            "no schema", where=words, todo=did_you_mean(words, ANSWERS, otherwise="see `--help`")
        )
    head = {"$schema": DIALECT, "title": f"sightline {name} --format json"}
    if answered.free:
        return {**head, "type": "array", "items": dict(ANYTHING)}
    forms: list[Any] = [list[row] for row in answered.rows()]  # type: ignore[valid-type]
    return head | _schema(reduce(or_, (*forms, *answered.objects())))


def of_question(question: AnyQuestion) -> dict[str, Any]:
    """Return the schema of an object with the question's `parameters` and its `rows`."""
    parameters = TypeAdapter(question.params).json_schema(mode="validation")
    rows = _schema(list[question.row])  # type: ignore[name-defined]
    kept = {**parameters.pop("$defs", {}), **rows.pop("$defs", {})}
    return {
        "$schema": DIALECT,
        "title": f"{question.name}, revision {question.file.revision}: {question.file.title}",
        "type": "object",
        "properties": {"parameters": {**parameters, "additionalProperties": False}, "rows": rows},
        "$defs": kept,
    }


def _schema(kind: Any) -> dict[str, Any]:  # noqa: ANN401  a type or a union of some
    return TypeAdapter(kind).json_schema(mode="serialization", schema_generator=_Written)


def fields_of(schema: Mapping[str, Any]) -> dict[str, str]:
    """Return each field that a schema has, as `Type.field`, with what it may hold: what later schemas keep."""
    found = {
        f"{name}.{field}": _kind(each)
        for name, whole in schema.get("$defs", {}).items()
        for field, each in _members(whole)
    }
    for part, whole in schema.get("properties", {}).items():
        found |= {f"{part}.{field}": _kind(each) for field, each in _members(whole)}
    return found


def _members(schema: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    yield from schema.get("properties", {}).items()


def _kind(schema: Mapping[str, Any]) -> str:
    """Return the types of a value in one word, such as `array of string` or `number or null`."""
    if "anyOf" in schema:
        return " or ".join(_kind(each) for each in schema["anyOf"])
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if schema.get("type") == "array":
        return f"array of {_kind(schema.get('items', {}))}"
    return str(schema.get("type", "anything"))


def schemas() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every schema with its file's name below docs/schemas."""
    for words in ANSWERS:
        yield f"commands/{words.replace(' ', '-')}.json", of_command(words)
    for question in CATALOG.values():
        yield f"queries/{question.name}.json", of_question(question)
