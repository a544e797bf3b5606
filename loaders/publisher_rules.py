"""The format of a publisher's rules: what the formats that read one document a rule have in common."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from loaders.evidence.read_rules import ReadRules
from loaders.evidence.rule_tree import RuleTree
from loaders.format import ALIASES, SET, SET_VERSION, STRICT, UNNAMED, Naming, Option, Source, Takes
from loaders.loadable import Loadable
from loaders.tables.aliases import Aliases, aliases

_VERSION = (
    "The path of a checkout or archive may have the version (a date or number); "
    "otherwise pass --set-version.\n"
)


@dataclass(frozen=True, slots=True)
class PublisherRules:
    """Rules of a publisher, as its public repository has them and as people keep their own.

    Attributes:
        tree: reads the rules under the path of a source as one set; raises as `read` does.
        suffixes: how the names of their files end.
        more: what the command's help says besides how the set gets its version.
    """

    takes: ClassVar[Takes] = Takes.TREE
    options: ClassVar[tuple[Option, ...]] = (SET, SET_VERSION, ALIASES, STRICT)

    tree: Callable[[Source, Naming, Aliases], RuleTree]
    suffixes: tuple[str, ...]
    more: str

    @property
    def help(self) -> str:
        """What the command's help says below the summary."""
        return f"{_VERSION}{self.more}"

    def read(self, source: Source, naming: Naming) -> Iterator[Loadable]:
        """Yield the rules under the path as one set.

        Raises:
            InputRejectedError: nothing can be read there, or a table of aliases is not one.
            UsageError: no version is given and the path does not state one.
        """
        tables = _tables(source)
        yield self.tree(source, naming, tables).loadable(tables)

    def rules(self, source: Source) -> ReadRules:
        """Return the rules under the path; raises InputRejectedError as `read` does."""
        return self.tree(source, UNNAMED, _tables(source)).read(self.suffixes)


def _tables(source: Source) -> Aliases:
    return aliases(source.read_file(path) for path in source.options.get("aliases", ()))
