"""What a built-in question is: a .cypher file that an analyst can paste, with a typed front and back.

The file starts with comments: a title, the question in one or more lines, one line `// revision 1`, and one line
`// :param {name: value, ...}` whose text after `//`, run alone in the Neo4j Browser, sets example parameters.
One statement follows. A `$` in it is always a parameter, so that the placeholders can be read off the text.

The revision rises whenever the statement changes: an answer that somebody kept names the revision that gave it.
`queries/revisions.csv` has every revision with the hash of its statement; `make revisions` adds those that rose.
"""

import hashlib
import re
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Params = TypeVar("Params", bound="DataclassInstance")
Row = TypeVar("Row", bound="DataclassInstance")

FOLDER = Path(__file__).parent / "questions"
_PLACEHOLDER = re.compile(r"\$([A-Za-z_][A-Za-z0-9_]*)")
_SUBQUERY = re.compile(r"CALL \(([^)]*)\) \{")
_PARAM = ":param "
_REVISION = re.compile(r"revision ([1-9][0-9]*)")


class MalformedQueryError(Exception):
    """A query file of ours breaks the rules of its header: a bug, found by the tests."""


@dataclass(frozen=True, slots=True)
class QueryFile:
    """The parts of a .cypher file.

    Attributes:
        title: first line of the header.
        question: the header's other lines, joined by spaces.
        revision: which version of the statement this is, from 1.
        example: the map of the `:param` line, as Cypher, such as `{release: 'enterprise-attack@18.1'}`.
        statement: the Cypher, without header, without a final semicolon.
    """

    title: str
    question: str
    revision: int
    example: str
    statement: str

    @property
    def placeholders(self) -> frozenset[str]:
        """The names that follow a `$` in the statement."""
        return frozenset(_PLACEHOLDER.findall(self.statement))

    @property
    def sha256(self) -> str:
        """The SHA-256 of the statement in UTF-8, as hex: what a revision identifies."""
        return _sha256(self.statement)


def parse(text: str, *, name: str) -> QueryFile:
    """Return the parts of the query file `text`.

    Raises:
        MalformedQueryError: no title, no question, no statement, or not exactly one `revision` and `:param` line.
    """
    lines = text.splitlines()
    size = next((i for i, line in enumerate(lines) if not line.startswith("//")), len(lines))
    header = [line.removeprefix("//").strip() for line in lines[:size]]
    examples = [line.removeprefix(_PARAM) for line in header if line.startswith(_PARAM)]
    revisions = [int(found[1]) for found in map(_REVISION.fullmatch, header) if found]
    words = [line for line in header if not (line.startswith(_PARAM) or _REVISION.fullmatch(line)) and line]
    statement = "\n".join(lines[size:]).strip().removesuffix(";").rstrip()
    title, *question = words or [""]
    if not question or len(examples) != 1 or len(revisions) != 1 or not statement:
        raise MalformedQueryError(
            f"{name}: needs a title, a question, one `revision` and one `:param` line, and a statement"
        )
    return QueryFile(title, " ".join(question), revisions[0], examples[0], statement)


@dataclass(frozen=True, slots=True)
class Question(Generic[Params, Row]):
    """A built-in question: its file, and the types of what goes in and what comes out.

    Attributes:
        name: `<topic>.<stem>`; the text is in `queries/questions/<topic>/<stem>.cypher`.
        params: a frozen dataclass whose fields are the statement's parameters.
        row: a frozen dataclass whose fields are the statement's columns, in order.
    """

    name: str
    params: type[Params]
    row: type[Row]

    @property
    def topic(self) -> str:
        """The part of the name before the dot, such as `coverage`."""
        return self.name.partition(".")[0]

    @property
    def path(self) -> Path:
        """The .cypher file."""
        return _path_of(self.name)

    @property
    def file(self) -> QueryFile:
        """The parsed file, read once per process."""
        return _file_of(self.name)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of an answer, in order."""
        return _columns_of(self.row)

    def literal(self, given: str | None = None) -> str:
        """Return the question as one paste that needs no parameters set.

        Args:
            given: the parameters as a Cypher map; left out: the example of the file's header.

        The values are in one place, in the first line. What a CALL names in its parentheses stays visible
        in every clause of the subquery (Cypher 5.23 and later), which a plain WITH would not. Only LIMIT
        takes no variable.
        """
        file = self.file
        values = given or file.example
        statement = _of_variable(file.statement).replace("LIMIT given.limit", f"LIMIT {_limit(values)}")
        columns = ", ".join(f"`{column}`" for column in self.columns)
        head = f"// {file.title}\nWITH {values} AS given\nCALL (given) {{"
        return f"{head}\n  {statement}\n}}\nRETURN {columns}"

    def for_many(self) -> str:
        """Return the question for a list of parameters, `$many`: the rows of each after its number, `at`.

        Raises:
            MalformedQueryError: it has a LIMIT, which takes no variable.
        """
        statement = _of_variable(self.file.statement)
        if "LIMIT given." in statement:
            raise MalformedQueryError(f"{self.name}: a question with a LIMIT cannot be asked for many")
        columns = ", ".join(f"`{column}`" for column in self.columns)
        return f"UNWIND $many AS given\nCALL (given) {{\n  {statement}\n}}\nRETURN given.at AS at, {columns}"


@cache
def _columns_of(row: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(row))


def _of_variable(statement: str) -> str:
    """Return a statement whose parameters are the properties of the variable `given`, indented once."""
    plain = _PLACEHOLDER.sub(r"given.\1", statement).replace("\n", "\n  ")
    return _SUBQUERY.sub(lambda call: f"CALL ({call[1]}{', ' * bool(call[1])}given) {{", plain)


def _path_of(name: str) -> Path:
    topic, _, stem = name.partition(".")
    return FOLDER / topic / f"{stem}.cypher"


@cache
def _file_of(name: str) -> QueryFile:
    return read(_path_of(name))


@cache
def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


@cache
def read(path: Path) -> QueryFile:
    """Return the parts of the .cypher file at `path`.

    Raises:
        MalformedQueryError: as `parse` does.
    """
    return parse(path.read_text("utf-8"), name=path.name)


def _limit(values: str) -> str:
    return next(iter(re.findall(r"\blimit: *(\d+)", values)), "25")
