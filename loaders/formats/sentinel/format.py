"""`load sentinel`: analytics rules of Microsoft Sentinel as one set."""

from functools import partial

from loaders.evidence.rule_tree import Gathering, Publisher, RuleTree, name_and_version, yaml_pieces
from loaders.format import Naming, Source
from loaders.formats.sentinel.parse import parse_rule
from loaders.formats.sentinel.references import WORD
from loaders.publisher_rules import PublisherRules
from loaders.reading.problems import Problem
from loaders.tables.aliases import Aliases

PUBLISHER = Publisher(WORD, "Microsoft", ("sentinel", "azure-sentinel"))
SUFFIXES = (".yml", ".yaml")


def read_sentinel(source: Source, naming: Naming, tables: Aliases | None = None) -> RuleTree:
    """Return the rules under the path of `source` as one set; raises as `PublisherRules.read` does."""
    table = (tables or Aliases()).publishers
    name_and_version(source.path, PUBLISHER, naming.name, naming.version)
    gathering = Gathering()
    for piece in yaml_pieces(source.tree(source.path, *SUFFIXES)):
        if isinstance(piece, Problem):
            gathering.lost(piece)
        else:
            gathering.take(piece, partial(parse_rule, piece.source.path, piece.document, table))
    return gathering.tree(source.path, PUBLISHER, naming.name, naming.version)


SENTINEL = PublisherRules(
    read_sentinel,
    SUFFIXES,
    "Of the repository, name the folders of rules: its playbooks and workbooks are reported as not a rule.",
)
