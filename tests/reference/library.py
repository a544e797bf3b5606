"""What is loaded, and which sets are in use."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.reference.evidence import Claim, EvidenceSet, Piece
from tests.reference.official import Body, Meaning, Release, is_active

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
AMERICAN_DAY = re.compile(r"(\d{2})\.(\d{2})\.(\d{4})")


@dataclass(frozen=True)
class Claimed:
    """A claim that means a technique of a release, and where its evidence runs in the names of that release."""

    set: EvidenceSet
    piece: Piece
    claim: Claim
    meaning: Meaning
    on: tuple[str, ...]


@dataclass
class Library:
    """Releases by key, and sets by key in the order in which they were loaded."""

    releases: dict[str, Release] = field(default_factory=dict)
    sets: dict[str, EvidenceSet] = field(default_factory=dict)

    def in_use(self) -> list[EvidenceSet]:
        """Return of each name the newest version; the one that was loaded last where versions cannot be compared."""
        names = dict.fromkeys(each.name for each in self.sets.values())
        return [_newest([each for each in self.sets.values() if each.name == name]) for name in names]

    def claims(self, release: Release, *, all_sets: bool = False) -> Iterator[Claimed]:
        """Yield the claims that mean an active technique, those that do not count too."""
        for each in self.sets.values() if all_sets else self.in_use():
            for piece in each.pieces:
                on = tuple(release.names_here(piece.platforms))
                for claim in piece.claims:
                    meaning = release.meaning(claim.attack_id)
                    if meaning and is_active(meaning.technique):
                        yield Claimed(each, piece, claim, meaning, on)

    def on(self, release: Release, technique: Body, *, all_sets: bool = False) -> list[Claimed]:
        """Return the claims on one technique."""
        return [
            each for each in self.claims(release, all_sets=all_sets) if each.meaning.technique is technique
        ]


def _newest(sets: list[EvidenceSet]) -> EvidenceSet:
    for read in (_day, _number):
        if all(read(each.version) for each in sets):
            return max(sets, key=lambda each: read(each.version) or ())
    return sets[-1]


def _day(version: str) -> tuple[int, ...] | None:
    if american := AMERICAN_DAY.search(version):
        month, day, year = map(int, american.groups())
        return year, month, day
    found = DAY.search(version)
    return tuple(map(int, found[0].split("-"))) if found else None


def _number(version: str) -> tuple[int, ...] | None:
    return None if _day(version) else tuple(map(int, re.findall(r"\d+", version))) or None
