"""What the server answers, as plain frozen values."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

import neo4j
from neo4j.exceptions import BrokenRecordError

from graph.errors import QueryFailedError
from graph.server.values import BrokenValueError, RowForm, json_bytes, plain_row


@dataclass(frozen=True, slots=True)
class Table:
    """A result.

    Attributes:
        columns: the names, also when there are no rows.
        rows: plain values, in the order of the columns.
        cut: whether there was more than was asked for.
    """

    columns: tuple[str, ...]
    rows: list[tuple[object, ...]]
    cut: bool = False

    def records(self) -> list[dict[str, object]]:
        """The rows with their column names."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Counters:
    """What the server says a statement changed."""

    nodes_created: int = 0
    nodes_deleted: int = 0
    relationships_created: int = 0
    relationships_deleted: int = 0
    properties_set: int = 0
    labels_added: int = 0
    labels_removed: int = 0
    indexes_added: int = 0
    indexes_removed: int = 0
    constraints_added: int = 0
    constraints_removed: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one statement of a write changed and returned."""

    counters: Counters
    rows: list[dict[str, object]]


@dataclass(frozen=True, slots=True)
class Plan:
    """One operator of a query plan, such as NodeIndexSeek, and those below it."""

    operator: str
    details: str
    children: tuple["Plan", ...]

    def walk(self) -> Iterator["Plan"]:
        """This operator and all below it."""
        ahead = [self]
        while ahead:
            yield (operator := ahead.pop())
            ahead.extend(reversed(operator.children))


@dataclass(frozen=True, slots=True)
class Explanation:
    """What the server would do: `query_type` is r, rw, w or s (schema), as Bolt names them."""

    query_type: str
    plan: Plan


@dataclass(frozen=True, slots=True)
class Most:
    """How much of a result is received; None is no limit.

    Attributes:
        rows: at most.
        bytes: at most, of the rows as JSON.
    """

    rows: int | None = None
    bytes: int | None = None

    @property
    def at_a_time(self) -> int:
        """How many rows the driver fetches at once: few where each may be large, -1 for all."""
        if self.bytes is not None:
            return 20
        return -1 if self.rows is None else min(self.rows + 1, 1000)


def collect(result: neo4j.Result, most: Most | None = None, convert: RowForm = plain_row) -> Table:
    """The rows of a result that is being received, no more than `most`.

    Raises:
        QueryFailedError: a value has no text form; the column is named.
        RecursionError: one is nested too deeply.
    """
    most = most or Most()
    columns = tuple(result.keys())
    rows: list[tuple[object, ...]] = []
    received = 0
    for record in result:
        if len(rows) == most.rows:
            return Table(columns, rows, cut=True)
        try:
            row = convert(record.values())
        except (BrokenRecordError, BrokenValueError) as error:
            raise _broken(record, columns, convert) from error
        if most.bytes is not None:
            received += json_bytes(row)
            if received > most.bytes:
                return Table(columns, rows, cut=True)
        rows.append(row)
    return Table(columns, rows)


def _broken(record: neo4j.Record, columns: tuple[str, ...], convert: RowForm) -> QueryFailedError:
    """The error that names the first column with a value that cannot be read."""
    for column in columns:
        try:
            convert([record[column]])
        except (BrokenRecordError, BrokenValueError):
            return QueryFailedError(
                f"a value of the column {column} has no text form", todo="wrap it in toString()"
            )
    return QueryFailedError("a value has no text form", todo="wrap it in toString()")


def counters(summary: neo4j.ResultSummary) -> Counters:
    """What a finished statement changed."""
    return Counters(**{part.name: getattr(summary.counters, part.name) for part in fields(Counters)})


def plan(stated: Mapping[str, Any]) -> Plan:
    """The plan of an explained statement; operators lose the runtime's `@neo4j`.

    Hundreds of UNIONs nest as deeply: so it goes over a list, children after their parents, and back.
    """
    found = [stated]
    for each in found:
        found.extend(each.get("children", ()))
    built: dict[int, Plan] = {}
    for each in reversed(found):
        built[id(each)] = Plan(
            operator=str(each["operatorType"]).partition("@")[0],
            details=str(each.get("args", {}).get("Details", "")),
            children=tuple(built.pop(id(child)) for child in each.get("children", ())),
        )
    return built[id(stated)]
