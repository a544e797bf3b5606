"""`load elastic`: Elastic's detection rules as one set."""

from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from loaders.evidence.read_rules import ReadRules
from loaders.evidence.rule_tree import Gathering, Piece, Publisher, RuleTree, name_and_version
from loaders.formats import ALIASES, SET, SET_VERSION, STRICT, UNNAMED, Naming, Option, Source, Takes
from loaders.formats.elastic.parse import parse_rule
from loaders.formats.elastic.references import WORD
from loaders.loadable import Loadable
from loaders.reading.one_file import SourceFile
from loaders.reading.problems import Problem
from loaders.reading.record import Record
from loaders.reading.toml_text import document
from loaders.tables.aliases import Aliases, aliases
from loaders.tables.publisher_sources import PublisherTable

PUBLISHER = Publisher(WORD, "Elastic", ("elastic", "detection-rules"))
SUFFIXES = (".toml",)
MEDIA = "application/toml"


class Elastic:
    """Rules of Elastic, as its public repository has them and as people keep their own."""

    takes: ClassVar[Takes] = Takes.TREE
    options: ClassVar[tuple[Option, ...]] = (SET, SET_VERSION, ALIASES, STRICT)
    help: ClassVar[str] = (
        "The path of a checkout or archive may have the version (a date or number); otherwise pass --set-version.\n"
        "The rules are under the Elastic License 2.0: its notice goes along with every text that is shown."
    )

    def read(self, source: Source, naming: Naming) -> Iterator[Loadable]:
        """Yield the rules under the path as one set.

        Raises:
            InputRejectedError: nothing can be read there, or a table of aliases is not one.
            UsageError: no version is given and the path does not state one.
        """
        tables = aliases(source.read_file(path) for path in source.options.get("aliases", ()))
        yield read_elastic(source, naming, tables).loadable(tables)

    def rules(self, source: Source) -> ReadRules:
        """Return the rules under the path; raises InputRejectedError as `read` does."""
        tables = aliases(source.read_file(path) for path in source.options.get("aliases", ()))
        return read_elastic(source, UNNAMED, tables).read(SUFFIXES)


ELASTIC = Elastic()


def read_elastic(source: Source, naming: Naming, tables: Aliases | None = None) -> RuleTree:
    """Return the rules under the path of `source` as one set; raises as `Elastic.read` does."""
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
