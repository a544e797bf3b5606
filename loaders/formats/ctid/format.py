"""`load ctid`: CTID's mappings, each file or platform a set."""

from collections.abc import Iterator
from typing import ClassVar

from loaders.evidence.rows import set_loadable
from loaders.formats import SET, SET_VERSION, STRICT, Naming, Option, Source, Takes
from loaders.formats.ctid.collection import read_ctid
from loaders.formats.ctid.rows import ctid_rows
from loaders.loadable import Loadable
from loaders.reading.one_file import USUAL
from loaders.reading.problems import Problem


class Ctid:
    """Mappings Explorer JSON and Security Stack YAML of MITRE's Center for Threat-Informed Defense."""

    takes: ClassVar[Takes] = Takes.TREES
    options: ClassVar[tuple[Option, ...]] = (SET, SET_VERSION, STRICT)
    help: ClassVar[str] = (
        "Everything is read before anything is loaded; each set is a transaction of its own."
    )

    def read(self, source: Source, naming: Naming) -> Iterator[Loadable | Problem]:
        """Yield the sets under the paths, and the files that are no mappings, and so belong to no set.

        Raises:
            InputRejectedError: a path holds no mapping.
            UsageError: a name or version is given for several sets.
        """
        found = read_ctid(
            source.paths, name=naming.name, version=naming.version, limits=source.limits or USUAL
        )
        yield from found.problems
        for evidence in found.sets:
            yield set_loadable(evidence, ctid_rows(evidence))


CTID = Ctid()
