"""`load atomic`: the tests of Atomic Red Team as one set."""

from collections.abc import Iterator
from typing import ClassVar

from loaders.evidence.rule_tree import Publisher, name_and_version, yaml_pieces
from loaders.evidence.test_tree import GatheredTests, ReadTests
from loaders.formats import SET, SET_VERSION, STRICT, Naming, Option, Source, Takes
from loaders.formats.atomic.parse import AUTHOR, KIND, parse_tests
from loaders.loadable import Loadable
from loaders.reading.problems import Problem

PUBLISHER = Publisher(KIND, AUTHOR, ("atomic",))
SUFFIXES = (".yml", ".yaml")


class Atomic:
    """Files of atomics/, as the public repository has them and as people keep their own."""

    takes: ClassVar[Takes] = Takes.TREE
    options: ClassVar[tuple[Option, ...]] = (SET, SET_VERSION, STRICT)
    help: ClassVar[str] = (
        "The path of a checkout or archive may have the version (a date or number); otherwise pass --set-version.\n"
        "A test says that a technique can be tried out, and nothing of whether it is detected."
    )

    def read(self, source: Source, naming: Naming) -> Iterator[Loadable]:
        """Yield the tests under the path as one set.

        Raises:
            InputRejectedError: nothing can be read there.
            UsageError: no version is given and the path does not state one.
        """
        yield read_atomic(source, naming).loadable()


ATOMIC = Atomic()


def read_atomic(source: Source, naming: Naming) -> ReadTests:
    """Return the tests under the path of `source` as one set; raises as `Atomic.read` does."""
    name, version = name_and_version(source.path, PUBLISHER, naming.name, naming.version)
    gathering = GatheredTests()
    for piece in yaml_pieces(source.tree(source.path, *SUFFIXES)):
        if isinstance(piece, Problem):
            gathering.lost(piece)
        else:
            gathering.take(piece, parse_tests(piece.source.path, piece.document))
    return gathering.tree(source.path, PUBLISHER, name, version)
