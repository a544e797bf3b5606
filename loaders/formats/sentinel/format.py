"""`load sentinel`: analytics rules of Microsoft Sentinel as one set."""

from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from loaders.evidence.read_rules import ReadRules
from loaders.evidence.rule_tree import Gathering, Publisher, RuleTree, name_and_version, yaml_pieces
from loaders.formats import ALIASES, SET, SET_VERSION, STRICT, UNNAMED, Naming, Option, Source, Takes
from loaders.formats.sentinel.parse import parse_rule
from loaders.formats.sentinel.references import WORD
from loaders.loadable import Loadable
from loaders.reading.problems import Problem
from loaders.tables.aliases import Aliases, aliases

PUBLISHER = Publisher(WORD, "Microsoft", ("sentinel", "azure-sentinel"))
SUFFIXES = (".yml", ".yaml")


class Sentinel:
    """Analytics rules of Sentinel, as the public repository has them and as people keep their own."""

    takes: ClassVar[Takes] = Takes.TREE
    options: ClassVar[tuple[Option, ...]] = (SET, SET_VERSION, ALIASES, STRICT)
    help: ClassVar[str] = (
        "The path of a checkout or archive may have the version (a date or number); otherwise pass --set-version.\n"
        "Of the repository, name the folders of rules: its playbooks and workbooks are reported as not a rule."
    )

    def read(self, source: Source, naming: Naming) -> Iterator[Loadable]:
        """Yield the rules under the path as one set.

        Raises:
            InputRejectedError: nothing can be read there, or a table of aliases is not one.
            UsageError: no version is given and the path does not state one.
        """
        tables = aliases(source.read_file(path) for path in source.options.get("aliases", ()))
        yield read_sentinel(source, naming, tables).loadable(tables)

    def rules(self, source: Source) -> ReadRules:
        """Return the rules under the path; raises InputRejectedError as `read` does."""
        tables = aliases(source.read_file(path) for path in source.options.get("aliases", ()))
        return read_sentinel(source, UNNAMED, tables).read(SUFFIXES)


SENTINEL = Sentinel()


def read_sentinel(source: Source, naming: Naming, tables: Aliases | None = None) -> RuleTree:
    """Return the rules under the path of `source` as one set; raises as `Sentinel.read` does."""
    table = (tables or Aliases()).publishers
    name_and_version(source.path, PUBLISHER, naming.name, naming.version)
    gathering = Gathering()
    for piece in yaml_pieces(source.tree(source.path, *SUFFIXES)):
        if isinstance(piece, Problem):
            gathering.lost(piece)
        else:
            gathering.take(piece, partial(parse_rule, piece.source.path, piece.document, table))
    return gathering.tree(source.path, PUBLISHER, naming.name, naming.version)
