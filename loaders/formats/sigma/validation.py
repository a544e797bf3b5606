"""Does a rule compile to a SIEM's query language? Compiling is not detecting, and no word here says it is.

pySigma compiles; what it raises is the answer, not an error of ours: some backends raise errors of Python's own
for what they cannot express.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from graph.errors import UsageError
from graph.extras import to_install
from graph.holding.rows import Batch, Nodes, Properties, Relationships
from loaders.formats.sigma.collection import SigmaSet
from loaders.formats.sigma.dialects import Backend, Dialect
from loaders.formats.sigma.rule import Family, Rule

LONGEST_MESSAGE = 1000
"""Characters of a compiler's message that are kept; some list every field name they know."""


@dataclass(frozen=True, slots=True)
class Validation:
    """Whether one rule compiles to one dialect.

    Attributes:
        rule: its id.
        dialect: which one.
        error: the compiler's message; None where it compiles.
    """

    rule: str
    dialect: Dialect
    error: str | None


def validate(read: SigmaSet, dialects: Sequence[Dialect]) -> Iterator[Validation]:
    """Yield a result for each rule and dialect; filter rules are no queries and are left out.

    Raises:
        UsageError: the extra is not installed.
    """
    for dialect in dialects:
        backend = dialect.make()
        for rule in read.rules:
            if rule.family is not Family.FILTER:
                yield Validation(rule.id, dialect, _error(backend, read, rule))


def _error(backend: Backend, read: SigmaSet, rule: Rule) -> str | None:
    try:
        from sigma.collection import SigmaCollection
    except ImportError as error:
        raise UsageError("pysigma is not installed", todo=to_install("sigma")) from error
    try:
        queries = backend.convert(SigmaCollection.from_dicts(list(_documents(read, rule))))
    except Exception as error:  # noqa: BLE001  # a compiler outside our process raises what it likes
        return f"{type(error).__name__}: {error}"[:LONGEST_MESSAGE]
    return None if queries else "the compiler returned no query"


def _documents(read: SigmaSet, rule: Rule) -> Iterator[Mapping[str, object]]:
    """Yield what is compiled together: a correlation rule comes after the rules that it counts."""
    if rule.family is Family.CORRELATION:
        for counted in rule.about:
            yield read.values[counted]
    yield read.values[rule.id]


def validation_batches(
    set_key: str, results: Sequence[Validation], on: date, load_id: str
) -> tuple[Batch, ...]:
    """Return the results as rows.

    Args:
        set_key: of the rules' set.
        results: of `validate`.
        on: the day of compiling.
        load_id: id of the run.
    """
    used = {each.dialect.key: each.dialect for each in results}
    nodes = Nodes("Dialect", [{"key": key, "name": each.name} for key, each in used.items()], shared=True)
    versions = {key: each.version for key, each in used.items()}
    rows: list[tuple[str, str, Properties]] = [
        (
            f"{set_key}/{each.rule}",
            each.dialect.key,
            {
                "ok": each.error is None,
                "error": each.error,
                "backend_version": versions[each.dialect.key],
                "on": on.isoformat(),
                "load_id": load_id,
            },
        )
        for each in results
    ]
    return nodes, Relationships("VALIDATED_BY", "Rule", "Dialect", rows)
