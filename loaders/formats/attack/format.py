"""`load attack`: a STIX bundle as a release."""

from collections.abc import Iterator
from typing import ClassVar

from graph.errors import InputRejectedError, UsageError
from graph.holding.kind import Whole
from graph.holding.lookup import Reads
from graph.holding.releases import RELEASE as KIND
from graph.identifiers import release_parts
from loaders.formats import ALIASES, RELEASE, Naming, Option, Source, Takes
from loaders.formats.attack.bundle import VERSION, Bundle, read_bundle
from loaders.formats.attack.rows import release_rows
from loaders.loadable import Loadable
from loaders.own_tables import with_own_tables
from loaders.tables.aliases import aliases


class Attack:
    """STIX 2.0 and 2.1 bundles of ATT&CK: each is a release, taken whole, with what is odd in it reported."""

    takes: ClassVar[Takes] = Takes.FILES
    options: ClassVar[tuple[Option, ...]] = (RELEASE, ALIASES)
    help: ClassVar[str] = (
        "Each file is one transaction: it is in the graph whole, or not at all.\n"
        "--release is needed only if the file does not state its release."
    )

    def read(self, source: Source, naming: Naming) -> Iterator[Loadable]:
        """Yield the release of one bundle.

        Raises:
            InputRejectedError: the file is no bundle; a table of aliases is not one; its release is not known or
                contradicts `naming`.
            UsageError: `naming` names no release.
        """
        tables = aliases(source.read_file(path) for path in source.options.get("aliases", ()))
        bundle = read_bundle(source.file())
        rows = release_rows(bundle, _agreed_version(bundle, naming.release))

        def whole(graph: Reads) -> Whole:
            del graph
            return with_own_tables(Whole(KIND, KIND.label, rows.release, rows.batches, bundle.path), tables)

        yield Loadable(
            kind=KIND,
            key=rows.key,
            source=bundle.path,
            whole=whole,
            items=len(bundle.records),
            stored=rows.stored,
            problems=rows.problems,
        )


ATTACK = Attack()


def _agreed_version(bundle: Bundle, release: str | None) -> str:
    """Return the release that file and user agree on."""
    domain, asked = release_parts(release or "")
    if domain and domain != bundle.domain:
        raise InputRejectedError(
            f"--release is {domain}, the file is {bundle.domain}",
            where=bundle.path,
            todo="correct --release",
        )
    if asked and not VERSION.fullmatch(asked):
        raise UsageError(f"--release {release} is not a release", todo="give a number such as 18.1")
    if not asked and len(bundle.published_as) > 1:
        raise InputRejectedError(
            f"MITRE published this file as {' and as '.join(bundle.published_as)}",
            where=bundle.path,
            todo=f"pass --release {bundle.domain}@{bundle.published_as[-1]}",
        )
    if bundle.version and asked and asked != bundle.version:
        raise InputRejectedError(
            f"--release is {asked}, the file is release {bundle.version}",
            where=bundle.path,
            todo="drop --release",
        )
    if not bundle.version and not asked:
        what = "a STIX 2.0 bundle" if bundle.stix_form == "2.0" else "a bundle without an x-mitre-collection"
        raise InputRejectedError(
            f"{what} does not state its release, and its content is not a known release",
            where=bundle.path,
            todo=f"pass --release {bundle.domain}@NUMBER",
        )
    return bundle.version or asked
