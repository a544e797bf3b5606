"""`load splunk`: the detections of Splunk's security content as one set."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import ClassVar

from loaders.evidence.read_rules import ReadRules
from loaders.evidence.rule_tree import (
    Gathering,
    Publisher,
    RuleTree,
    YamlPiece,
    name_and_version,
    yaml_pieces,
)
from loaders.formats import ALIASES, SET, SET_VERSION, STRICT, UNNAMED, Naming, Option, Source, Takes
from loaders.formats.splunk.parse import DataSource, data_source, parse_rule
from loaders.formats.splunk.references import WORD
from loaders.loadable import Loadable
from loaders.reading.problems import Problem
from loaders.tables.aliases import Aliases, aliases

PUBLISHER = Publisher(WORD, "Splunk", ("splunk", "security-content", "escu"))
SUFFIXES = (".yml", ".yaml")


class Splunk:
    """Detections of Splunk, as its public repository has them and as people keep their own."""

    takes: ClassVar[Takes] = Takes.TREE
    options: ClassVar[tuple[Option, ...]] = (SET, SET_VERSION, ALIASES, STRICT)
    help: ClassVar[str] = (
        "The path of a checkout or archive may have the version (a date or number); otherwise pass --set-version.\n"
        "Files of data sources beside the detections say what the names of log sources mean."
    )

    def read(self, source: Source, naming: Naming) -> Iterator[Loadable]:
        """Yield the detections under the path as one set.

        Raises:
            InputRejectedError: nothing can be read there, or a table of aliases is not one.
            UsageError: no version is given and the path does not state one.
        """
        tables = aliases(source.read_file(path) for path in source.options.get("aliases", ()))
        yield read_splunk(source, naming, tables).loadable(tables)

    def rules(self, source: Source) -> ReadRules:
        """Return the rules under the path; raises InputRejectedError as `read` does."""
        tables = aliases(source.read_file(path) for path in source.options.get("aliases", ()))
        return read_splunk(source, UNNAMED, tables).read(SUFFIXES)


SPLUNK = Splunk()


def read_splunk(source: Source, naming: Naming, tables: Aliases | None = None) -> RuleTree:
    """Return the detections under the path of `source` as one set; raises as `Splunk.read` does."""
    table = (tables or Aliases()).publishers
    name_and_version(source.path, PUBLISHER, naming.name, naming.version)
    pieces = list(yaml_pieces(source.tree(source.path, *SUFFIXES)))
    known = {each.name: each for each in _data_sources(pieces)}
    gathering = Gathering()
    for piece in pieces:
        if isinstance(piece, Problem):
            gathering.lost(piece)
        elif data_source(piece.document.value) is not None:
            gathering.apply(piece)
        else:
            read = partial(parse_rule, piece.source.path, piece.document, table, known)
            gathering.take(piece, read)
    return gathering.tree(source.path, PUBLISHER, naming.name, naming.version)


def _data_sources(pieces: Sequence[YamlPiece | Problem]) -> Iterator[DataSource]:
    for piece in pieces:
        found = None if isinstance(piece, Problem) else data_source(piece.document.value)
        if found is not None:
            yield found
