"""The ATT&CK releases that a check uses: bundles that are named, what `fetch` keeps, or what is loaded."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from cli.asking import open_graph
from graph.errors import NotFoundError
from graph.identifiers import SAMPLE
from graph.server.settings import folders
from loaders.checking.check import officials
from loaders.checking.official import Dead, Official, Shelf, Technique, shelf
from loaders.formats.attack.bundle import number
from queries.ask import ask
from queries.params import Nothing, OfRelease
from queries.questions.lookup.questions import TACTIC_NAMES, TECHNIQUE_IDS, TechniqueId
from queries.questions.releases.questions import LOADED

if TYPE_CHECKING:
    from cli.session import Session
    from graph.server.connection import Graph

FETCHED = "fetched"


def at_hand(session: "Session", bundles: Sequence[str], release: str | None) -> Shelf:
    """Return the releases, those first that rules are held against.

    Raises:
        NotFoundError: nothing is fetched or loaded, or no release is the one that is wanted.
    """
    if bundles:
        files = [path for each in bundles for path in (_fetched() if each == FETCHED else [each])]
        return shelf(officials(files), release)
    with open_graph(session) as graph:
        keys = [row.release for row in ask(graph, LOADED, Nothing()) if not row.release.endswith(SAMPLE)]
        loaded: list[Official] = [LoadedOfficial(graph, key) for key in keys]
    if not loaded:
        raise NotFoundError("no ATT&CK release is loaded", todo="pass --attack FILE, or load one")
    return shelf(loaded, release)


def _fetched() -> list[str]:
    """Return the newest copy of each release that `fetch attack` keeps."""
    newest = {
        path.name: path for path in sorted((folders().data / "fetched" / "attack").glob("*/*-attack-*.json"))
    }
    if not newest:
        raise NotFoundError("nothing is fetched", todo="run `sightline fetch attack`, or pass --attack FILE")
    return [str(path) for path in newest.values()]


class LoadedOfficial:
    """One release, read from the graph at once: what is needed of it is a thousand rows."""

    def __init__(self, graph: "Graph", key: str) -> None:
        self.key = key
        self.domain, _, self.version = key.partition("@")
        self._ids = {row.attack_id: row for row in ask(graph, TECHNIQUE_IDS, OfRelease(key))}
        self._tactics = ask(graph, TACTIC_NAMES, OfRelease(key))

    @property
    def rank(self) -> tuple[int, int, bool]:
        """Orders the releases of a domain."""
        return number(self.version)

    @cached_property
    def techniques(self) -> Sequence[str]:
        """Every id that means a live technique."""
        return [attack_id for attack_id, row in self._ids.items() if row.technique_id is not None]

    @cached_property
    def tactics(self) -> Mapping[str, frozenset[str]]:
        """Shortname -> STIX ids of the tactics of that name."""
        names = {row.shortname for row in self._tactics}
        return {
            name: frozenset(row.stix_id for row in self._tactics if row.shortname == name) for name in names
        }

    @cached_property
    def names_of_tactics(self) -> Mapping[str, str]:
        """STIX id -> `TA0005 stealth`."""
        return {row.stix_id: f"{row.tactic_id} {row.shortname}" for row in self._tactics}

    def dead(self, attack_id: str) -> Dead | None:
        """Return what an id was that means nothing any more."""
        row = self._ids.get(attack_id)
        return Dead(row.name or attack_id, revoked=row.revoked) if row and row.technique_id is None else None

    def replaced_by(self, attack_id: str) -> Iterator[str]:
        """Yield the ids that one replaces."""
        rows: Iterator[TechniqueId] = (row for row in self._ids.values() if row.technique_id == attack_id)
        yield from (row.attack_id for row in rows if row.attack_id != attack_id)

    def technique(self, attack_id: str) -> Technique | None:
        """Return the live technique that an id means; None where it means none."""
        row = self._ids.get(attack_id)
        if row is None or row.technique_id is None:
            return None
        return Technique(
            row.technique_id, row.technique or "", frozenset(row.platforms), frozenset(row.tactics)
        )
