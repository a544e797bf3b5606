"""`load sigma-tests`: SigmaHQ's regression tests as a set of their own."""

from collections.abc import Iterator
from typing import ClassVar

from loaders.evidence.rule_tree import Publisher, yaml_pieces
from loaders.evidence.test_tree import GatheredTests, ReadTests
from loaders.formats import SET, SET_VERSION, STRICT, Naming, Option, Source, Takes
from loaders.formats.sigma.collection import set_name
from loaders.formats.sigma.regression import KIND, parse_regression
from loaders.loadable import Loadable
from loaders.reading.problems import Problem

NAME = "sigmahq-tests"
PUBLISHER = Publisher(KIND, "SigmaHQ", (NAME,))


class SigmaTests:
    """Files `info.yml` of regression_data/."""

    takes: ClassVar[Takes] = Takes.TREE
    options: ClassVar[tuple[Option, ...]] = (SET, SET_VERSION, STRICT)
    help: ClassVar[str] = (
        "For regression tests without their rules beside them: `load sigma` reads both where it finds both.\n"
        "A test is of the rules that have the ids it names, in whichever set they are loaded."
    )

    def read(self, source: Source, naming: Naming) -> Iterator[Loadable]:
        """Yield the tests under the path as one set.

        Raises:
            InputRejectedError: nothing can be read there.
            UsageError: no version is given and the path does not state one.
        """
        yield read_sigma_tests(source, naming).loadable()


SIGMA_TESTS = SigmaTests()


def read_sigma_tests(source: Source, naming: Naming) -> ReadTests:
    """Return the tests under the path of `source` as one set; raises as `SigmaTests.read` does."""
    named, version = set_name(source.path, naming.name, naming.version)
    gathering = GatheredTests()
    for piece in yaml_pieces(source.tree(source.path, "info.yml", "info.yaml")):
        if isinstance(piece, Problem):
            gathering.lost(piece)
        else:
            gathering.take(piece, parse_regression(piece.source.path, piece.document))
    return gathering.tree(source.path, PUBLISHER, NAME if named == "sigmahq" else named, version)
