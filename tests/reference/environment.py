"""What does detect it here: an environment of docs/semantics.md, as rows of the built-in question."""

import csv
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import yaml

from tests.reference.coverage import Row, places
from tests.reference.evidence import EvidenceSet, Piece
from tests.reference.library import Claimed, Library
from tests.reference.official import Body, Release, attack_id_of, platform_rows, platforms_of

NAMES = Path(__file__).parents[2] / "loaders" / "tables" / "attack-log-sources.csv"
BEST_FIRST = ("collected", "partial", "planned", "not_used")


@dataclass(frozen=True)
class Enabled:
    """A claim of evidence that is enabled, where it runs here, and whether it sees and is proven."""

    claimed: Claimed
    on: tuple[str, ...]
    sees: bool
    proven: bool

    @property
    def detects(self) -> bool:
        return self.claimed.claim.category == "detect"


class Environment:
    """What one file of the form environment/1 states."""

    def __init__(self, data: bytes) -> None:
        self.body: dict[str, Any] = yaml.safe_load(data)
        self.name: str = self.body["name"]

    @cached_property
    def statuses(self) -> Mapping[str, str]:
        """Canonical name of a log source -> the best status that it is declared with."""
        found: dict[str, list[str]] = {}
        for each in self.body.get("log_sources", []):
            found.setdefault(canonical(each["name"]), []).append(each["status"])
        return {name: min(stated, key=BEST_FIRST.index) for name, stated in found.items()}

    def sees(self, name: str) -> bool:
        """Tell whether a log source is collected, if only in part."""
        return self.statuses.get(canonical(name)) in ("collected", "partial")

    def runs(self, platform: str | None) -> bool:
        """Tell whether a platform is run here, by any name that it has had; all are where none is stated."""
        stated = self.body.get("platforms")
        return stated is None or platform is None or platform in known_as(stated)

    def entries(self, library: Library, owner: EvidenceSet, piece: Piece) -> list[Mapping[str, Any]]:
        """Return the entries that switch a piece of evidence; none where the last one switches it off."""
        stated = self.body.get("enabled", [])
        found = [each for each in stated if self._selects(library, each, owner, piece)]
        return found if found and found[-1].get("enabled", True) else []

    def _selects(self, library: Library, entry: Mapping[str, Any], owner: EvidenceSet, piece: Piece) -> bool:
        if "id" in entry:
            return bool(entry["id"] == f"{owner.key}/{piece.id}")
        chosen = entry["select"]
        of_set = owner.name in chosen["set"] and owner in library.in_use()
        return of_set and ("status" not in chosen or piece.status in chosen["status"])

    def enabled(self, library: Library, release: Release, technique: Body) -> list[Enabled]:
        """Return the claims of enabled evidence that count and state something."""
        found = []
        for each in library.on(release, technique):
            entries = self.entries(library, each.set, each.piece)
            if entries and each.claim.counted and each.claim.category:
                sees = each.piece.kind != "rule" or any(map(self.sees, each.piece.reads))
                tried = [entry["validated"]["state"] for entry in entries if "validated" in entry]
                proven = tried[-1:] not in ([], ["none"])
                found.append(Enabled(each, self._on(release, each), sees, proven))
        return found

    def _on(self, release: Release, each: Claimed) -> tuple[str, ...]:
        """Return where evidence runs; where it states no platform, what the first placement of it says."""
        if each.piece.platforms:
            return each.on
        for placement in self.body.get("placements", []):
            if each.set.name in placement["select"]["set"]:
                return tuple(release.names_here(placement["platforms"]))
        return ()


def known_as(platforms: Iterable[str]) -> set[str]:
    """Return platforms with all that they were called before and after."""
    stated = set(platforms)
    newer = {row["became"] for row in platform_rows() if row["name"] in stated and row["became"]}
    older = {row["name"] for row in platform_rows() if row["became"] in stated}
    return stated | newer | older


def canonical(name: str) -> str:
    """Return the name that a log source's names are joined by: that of our table, else its own."""
    return _canonical_names().get(_folded(name), name)


@cache
def _canonical_names() -> Mapping[str, str]:
    with NAMES.open(encoding="utf-8", newline="") as file:
        return {_folded(row["name"]): row["canonical"] for row in csv.DictReader(file)}


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).split()).casefold()


# Rows ------------------------------------------------------------------------------------------------------


def environment(library: Library, release: Release, here: Environment) -> list[Row]:
    """The state and level of each technique on each of its platforms."""
    return [
        _row(library, release, here, technique, platform)
        for technique in release.techniques
        for platform in places(technique)
    ]


@dataclass(frozen=True)
class Place:
    """A technique on a platform in an environment.

    Attributes:
        placed: enabled claims that are placed there.
        anywhere: those that state no platform.
        seen: collected / named of each analytic.
    """

    release: Release
    here: Environment
    platform: str | None
    placed: list[Enabled]
    anywhere: list[Enabled]
    seen: list[float]

    @property
    def state(self) -> str:
        """The best state that applies (docs/semantics.md, the second table)."""
        applies = {
            "not_applicable": not self.here.runs(self.platform),
            "covered": any(each.detects and each.sees for each in self.placed),
            "unplaced": any(each.detects and each.sees for each in self.anywhere),
            "enabled_blind": any(each.detects for each in self.placed),
            "visible": 1.0 in self.seen,
            "protect_only": any(not each.detects for each in self.placed + self.anywhere),
            "gap": self.platform in _declared_on(self.release, self.here),
        }
        return next((state for state, holds in applies.items() if holds), "unknown")


def _row(library: Library, release: Release, here: Environment, technique: Body, platform: str | None) -> Row:
    every = here.enabled(library, release, technique)
    placed = [each for each in every if platform is None or platform in each.on]
    anywhere = [each for each in every if platform is not None and not each.on]
    seen = _visible_parts(release, here, technique, platform)
    state = Place(release, here, platform, placed, anywhere, seen).state
    guided = bool(_analytics(release, technique, platform)) or bool(release.components(technique))
    return {
        "release": release.key,
        "environment": here.name,
        "technique_id": attack_id_of(technique),
        "technique": technique["name"],
        "platform": platform,
        "placement": "unstated" if platform is None else "placed",
        "state": state,
        "level": _level(state, placed, anywhere, visible=1.0 in seen, guided=guided),
        "visible_part": max(seen, default=None),
        **_counts([each for each in placed if each.detects]),
    }


def _level(
    state: str, placed: list[Enabled], anywhere: list[Enabled], *, visible: bool, guided: bool
) -> str | None:
    if state in ("not_applicable", "unknown"):
        return None
    if state in ("covered", "unplaced"):
        counting = placed if state == "covered" else placed + anywhere
        return "L5" if any(each.detects and each.sees and each.proven for each in counting) else "L4"
    if state == "enabled_blind":
        return "L3"
    if visible:
        return "L2"
    return "L1" if guided else "L0"


def _counts(detecting: list[Enabled]) -> Row:
    """Return how many pieces detect, are blind and are proven; one identity on the same platforms counts once."""
    found: dict[tuple[str, tuple[str, ...]], list[Enabled]] = {}
    for each in detecting:
        found.setdefault((each.claimed.piece.identity, each.on), []).append(each)
    row = {"detect": 0, "blind": 0, "validated": 0}
    for same in found.values():
        first = max(same, key=lambda each: (each.sees, each.proven))
        row["detect" if first.sees else "blind"] += first.claimed.piece.pieces
        row["validated"] += first.claimed.piece.pieces if first.sees and first.proven else 0
    return row


def _analytics(release: Release, technique: Body, platform: str | None) -> list[Body]:
    return [
        each for each in release.analytics(technique) if platform is None or platform in platforms_of(each)
    ]


def _reads(analytic: Body) -> set[str]:
    return {canonical(each["name"]) for each in analytic.get("x_mitre_log_source_references", [])}


def _visible_parts(release: Release, here: Environment, technique: Body, platform: str | None) -> list[float]:
    """Return collected / named of each analytic for the platform; what is declared as not used is left out."""
    parts = []
    for analytic in _analytics(release, technique, platform):
        named = [name for name in _reads(analytic) if here.statuses.get(name) != "not_used"]
        if named:
            parts.append(sum(map(here.sees, named)) / len(named))
    return parts


def _declared_on(release: Release, here: Environment) -> set[str | None]:
    """Return the platforms for which something is declared: a log source that an analytic for it reads."""
    found: set[str | None] = set()
    for analytic in release.of_type("x-mitre-analytic"):
        if _reads(analytic) & set(here.statuses):
            found |= set(places(analytic))
    return found
