"""`load sigma`: Sigma rules as one set."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, ClassVar

from graph.holding.kind import Whole
from graph.holding.lookup import known_tactics
from graph.holding.sets import forget_validations
from loaders.evidence.read_rules import ReadRules
from loaders.evidence.rows import set_loadable
from loaders.evidence.tactics import unknown_tactics
from loaders.formats import ALIASES, SET, SET_VERSION, STRICT, UNNAMED, Naming, Option, Source, Takes
from loaders.formats.sigma.collection import SUFFIXES, read_sigma
from loaders.formats.sigma.dialects import Dialect, dialects
from loaders.formats.sigma.rows import sigma_rows
from loaders.formats.sigma.validation import Validation, validate, validation_batches
from loaders.loadable import Loadable
from loaders.reading.one_file import USUAL
from loaders.tables.aliases import aliases

if TYPE_CHECKING:
    from graph.holding.writer import Writer

VALIDATE = Option(
    "validate", "DIALECT", "Compile each rule to this dialect, or to all; repeatable.", repeatable=True
)


class Sigma:
    """Sigma rules, as SigmaHQ publishes them and as people keep their own."""

    takes: ClassVar[Takes] = Takes.TREE
    options: ClassVar[tuple[Option, ...]] = (SET, SET_VERSION, ALIASES, VALIDATE, STRICT)
    help: ClassVar[str] = (
        "The path of a SigmaHQ release has its version, a folder of a git checkout its commit's day and hash\n"
        "(`-changed` after uncommitted changes) and its repository's name; for other rules, pass --set-version.\n"
        "--validate needs the extra `sigma`; a rule that compiles to a dialect does not necessarily detect anything\n"
        "there."
    )

    def read(self, source: Source, naming: Naming) -> Iterator[Loadable]:
        """Yield the rules under the path as one set.

        Raises:
            InputRejectedError: nothing can be read there, or a table of aliases is not one.
            UsageError: no version is given and the path does not state one; a dialect is not known or its extra is
                not installed.
        """
        wanted = dialects(source.options.get("validate", ()))
        tables = aliases(source.read_file(path) for path in source.options.get("aliases", ()))
        read = read_sigma(
            source.path,
            name=naming.name,
            version=naming.version,
            tables=tables,
            limits=source.limits or USUAL,
        )
        rows = sigma_rows(read, tables)
        results = tuple(validate(read, wanted))
        if results:
            rows = _with_results(rows, results)
        yield set_loadable(
            read.evidence,
            rows,
            lambda graph, _: unknown_tactics(read.rules, known_tactics(graph)),
            remarks=tuple(_tally(wanted, results)),
        )

    def rules(self, source: Source) -> ReadRules:
        """Return the rules under the path; raises InputRejectedError as `read` does."""
        tables = aliases(source.read_file(path) for path in source.options.get("aliases", ()))
        read = read_sigma(
            source.path,
            name=UNNAMED.name,
            version=UNNAMED.version,
            tables=tables,
            limits=source.limits or USUAL,
        )
        return ReadRules(read.rules, read.evidence.problems, SUFFIXES)


SIGMA = Sigma()


def _with_results(rows: Whole, results: Sequence[Validation]) -> Whole:
    """Return the set with what compiling gave, stored in its own transaction."""

    def renew(writer: "Writer") -> None:
        if rows.renew:
            rows.renew(writer)
        _store(writer, rows.key, results)

    return replace(rows, renew=renew)


def _tally(wanted: Sequence[Dialect], results: Sequence[Validation]) -> Iterator[str]:
    """Yield how many rules compile to each dialect; each one that does not has its message stored with it."""
    for dialect in wanted:
        of_dialect = [result for result in results if result.dialect is dialect]
        failed = sum(result.error is not None for result in of_dialect)
        yield (
            f"{dialect.key} ({dialect.version}): {len(of_dialect) - failed} rules compile, {failed} do not"
        )


def _store(writer: "Writer", set_key: str, results: Sequence[Validation]) -> None:
    """Store what compiling gave, in place of what it gave before for the same dialects."""
    forget_validations(writer, set_key, sorted({result.dialect.key for result in results}))
    for batch in validation_batches(set_key, results, datetime.now(UTC).date(), writer.load_id):
        writer.send(batch)
