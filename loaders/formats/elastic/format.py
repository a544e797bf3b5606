"""`load elastic`: Elastic's detection rules as one set."""

from functools import partial

from loaders.evidence.rule_tree import Gathering, Piece, Publisher, RuleTree, name_and_version
from loaders.format import Naming, Source
from loaders.formats.elastic.parse import parse_rule
from loaders.formats.elastic.references import WORD
from loaders.publisher_rules import PublisherRules
from loaders.reading.one_file import SourceFile
from loaders.reading.problems import Problem
from loaders.reading.record import Record
from loaders.reading.toml_text import document
from loaders.tables.aliases import Aliases
from loaders.tables.publisher_sources import PublisherTable

PUBLISHER = Publisher(WORD, "Elastic", ("elastic", "detection-rules"))
SUFFIXES = (".toml",)
MEDIA = "application/toml"


def read_elastic(source: Source, naming: Naming, tables: Aliases | None = None) -> RuleTree:
    """Return the rules under the path of `source` as one set; raises as `PublisherRules.read` does."""
    table = (tables or Aliases()).publishers
    name_and_version(source.path, PUBLISHER, naming.name, naming.version)
    gathering = Gathering()
    for entry in source.tree(source.path, *SUFFIXES):
        if isinstance(entry, Problem):
            gathering.lost(entry)
        else:
            _take(gathering, entry, table)
    return gathering.tree(source.path, PUBLISHER, naming.name, naming.version)


def _take(gathering: Gathering, entry: SourceFile, table: PublisherTable) -> None:
    found = document(entry)
    if isinstance(found, Problem):
        gathering.lost(found)
    else:
        gathering.take(Piece(entry, Record(found.raw, MEDIA)), partial(parse_rule, entry.path, found, table))


ELASTIC = PublisherRules(
    read_elastic,
    SUFFIXES,
    "The rules are under the Elastic License 2.0: its notice goes along with every text that is shown.",
)
