"""Loading Sigma rules."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime

from graph.holding.sets import forget_validations
from graph.holding.writer import Writer, load_stamp, publish
from graph.server.connection import Graph, Lookup
from loaders.evidence.load import SetReport, load_set
from loaders.formats.sigma.collection import read_sigma
from loaders.formats.sigma.dialects import Dialect, dialects
from loaders.formats.sigma.rows import sigma_rows
from loaders.formats.sigma.validation import Validation, validate, validation_batches
from loaders.reading.one_file import USUAL, Limits
from loaders.reading.sources import read_file
from loaders.tables.aliases import aliases
from loaders.terms import USUAL_TERMS, Terms


@dataclass(frozen=True, slots=True)
class DialectTally:
    """How many rules compile to a dialect. Compiling is not detecting.

    Attributes:
        dialect: its key.
        version: of the compiler.
        compiled: rules that it made a query of.
        failed: rules that it did not; each one's message is stored with it.
    """

    dialect: str
    version: str
    compiled: int
    failed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SigmaReport(SetReport):
    """What loading rules did: the set's report, and a tally for each dialect that was asked for."""

    dialects: tuple[DialectTally, ...] = ()

    @classmethod
    def of(cls, report: SetReport, tallies: tuple[DialectTally, ...]) -> "SigmaReport":
        """Return the report of the set with the tallies."""
        return cls(**{each.name: getattr(report, each.name) for each in fields(report)}, dialects=tallies)


def load_sigma(
    graph: Graph,
    path: str,
    *,
    set_name: str | None = None,
    set_version: str | None = None,
    alias_files: Sequence[str] = (),
    validate_with: Sequence[str] = (),
    terms: Terms = USUAL_TERMS,
    limits: Limits = USUAL,
) -> SigmaReport:
    """Load the rules under `path` (folder, .zip, file) as one set, in one transaction.

    Args:
        graph: where to.
        path: where the rules are.
        set_name: of the set, where the path does not say.
        set_version: of the set, where the path does not say.
        alias_files: the user's rows for the log-source tables.
        validate_with: keys of dialects to compile each rule to, or `all`.
        terms: how.
        limits: how much may be read.

    Raises:
        InputRejectedError: no rule can be taken; rules are rejected and `strict`; other content is loaded under
            its key.
        UsageError: no version is given and the path does not state one; a dialect is not known or its extra is
            not installed.
    """
    wanted = dialects(validate_with)
    tables = aliases(read_file(each, limits) for each in alias_files)
    read = read_sigma(path, name=set_name, version=set_version, tables=tables, limits=limits)
    rows = sigma_rows(read, tables)
    results = tuple(validate(read, wanted))
    report = load_set(graph, rows, terms)
    if results and not terms.dry_run:
        _store(graph, rows.key, results, terms.wait)
    return SigmaReport.of(report, _tally(wanted, results))


def _tally(wanted: Sequence[Dialect], results: Sequence[Validation]) -> tuple[DialectTally, ...]:
    return tuple(
        DialectTally(
            dialect=each.key,
            version=each.version,
            compiled=sum(result.error is None for result in results if result.dialect is each),
            failed=sum(result.error is not None for result in results if result.dialect is each),
        )
        for each in wanted
    )


def _store(graph: Graph, set_key: str, results: Sequence[Validation], wait: float) -> None:
    """Store results in a transaction of its own: they are not the set's, and their rules are there already."""
    today, load_id = datetime.now(UTC).date(), load_stamp()["load_id"]
    keys = sorted({each.dialect.key for each in results})

    def work(writer: Writer) -> None:
        forget_validations(writer, set_key, keys)
        for batch in validation_batches(set_key, results, today, load_id):
            writer.send(batch)

    landed = Lookup(
        "RETURN EXISTS { (:Rule {set: $set})-[:VALIDATED_BY {load_id: $load_id}]->() } AS landed",
        {"set": set_key, "load_id": load_id},
    )
    publish(graph, f"load sigma --validate {set_key}", work, landed=landed, wait=wait)
