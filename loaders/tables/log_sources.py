"""What ATT&CK calls a log source: many spellings, one canonical name.

ATT&CK 18 names the same log `azure:signin`, `azure:SigninLogs` and `azure:signinlogs`. The packed table, made
by hand from 18.0 and 18.1, gives every raw name its canonical one, which is itself one of ATT&CK's names; the
labels that people use ("AWS CloudTrail") lead to the same names. Facts keep the name as written; questions
join on the canonical one.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from graph.spelling import nearest as spelled_alike
from loaders.tables.rows import packed

ATTACK_TABLE = "attack-log-sources.csv"
LABEL_TABLE = "labels.csv"


def fold(name: str) -> str:
    """Return what identifies a log source's name: NFC, single spaces, no outer ones, case folded.

    Case is folded between two normal forms, as the Unicode Standard, section 3.13, D145, asks.
    """
    once = unicodedata.normalize("NFD", name).casefold()
    return " ".join(unicodedata.normalize("NFC", unicodedata.normalize("NFD", once).casefold()).split())


def canonical_name(name: str) -> str:
    """Return the name that questions join on, by the packed table; an unknown name stands for itself."""
    return packed_names().canonical(name)


@dataclass(frozen=True, slots=True)
class LogSourceNames:
    """Which names mean the same log source.

    Attributes:
        by_folded_name: canonical name of each known one.
    """

    by_folded_name: Mapping[str, str]

    def canonical(self, name: str) -> str:
        """Return the canonical name; an unknown name stands for itself, without its odd spaces."""
        known = self.by_folded_name.get(fold(name))
        return known if known is not None else " ".join(unicodedata.normalize("NFC", name).split())

    def knows(self, name: str) -> bool:
        """Tell whether the table has the name, in any spelling."""
        return fold(name) in self.by_folded_name

    def nearest(self, name: str) -> str | None:
        """Return the canonical name that was probably meant: one with that part, else one spelled alike."""
        folded = fold(name)
        with_part = [known for known in self.by_folded_name if folded in re.split(r"[:/ ]", known)]
        alike = with_part or spelled_alike(folded, self.by_folded_name, most=1)
        return self.by_folded_name[min(alike, key=len)] if alike else None

    def extended(self, pairs: Iterable[tuple[str, str]]) -> "LogSourceNames":
        """Return the same names with a user's (name, canonical name) pairs, which win."""
        added = {fold(name): self.canonical(canonical) for name, canonical in pairs}
        return LogSourceNames(MappingProxyType({**self.by_folded_name, **added}))


@cache
def packed_names() -> LogSourceNames:
    """Return the names that are packed with the program."""
    pairs = (
        (row.cells["name"], row.cells["canonical"]) for row in packed(ATTACK_TABLE) + packed(LABEL_TABLE)
    )
    return LogSourceNames(MappingProxyType({fold(name): canonical for name, canonical in pairs}))
