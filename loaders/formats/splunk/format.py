"""`load splunk`: the detections of Splunk's security content as one set."""

from collections.abc import Iterator, Sequence
from functools import partial

from loaders.evidence.rule_tree import (
    Gathering,
    Publisher,
    RuleTree,
    YamlPiece,
    name_and_version,
    yaml_pieces,
)
from loaders.format import Naming, Source
from loaders.formats.splunk.parse import DataSource, data_source, parse_rule
from loaders.formats.splunk.references import WORD
from loaders.publisher_rules import PublisherRules
from loaders.reading.problems import Problem
from loaders.tables.aliases import Aliases

PUBLISHER = Publisher(WORD, "Splunk", ("splunk", "security-content", "escu"))
SUFFIXES = (".yml", ".yaml")


def read_splunk(source: Source, naming: Naming, tables: Aliases | None = None) -> RuleTree:
    """Return the detections under the path of `source` as one set; raises as `PublisherRules.read` does."""
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


SPLUNK = PublisherRules(
    read_splunk,
    SUFFIXES,
    "Files of data sources beside the detections say what the names of log sources mean.",
)
