"""What a platform is called in which release: AWS is IaaS from 9 on, Azure AD is Identity Provider from 16 on.

The packed table states each name of enterprise with its first and last release, what it became, and what a source
must watch for the older name to be meant: an Entra ID log is Azure AD up to 15, an Okta log has no name there.
No release has both an older and a newer name, so that a list of all of them means one thing in each release.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from graph.record import sha256_hex
from loaders.tables.rows import TableRow, packed

PLATFORM_TABLE = "platforms.csv"
UNSTATED = "None"
"""What ATT&CK writes in place of a platform on most techniques of ICS since 16."""

Number = tuple[int, int]


@dataclass(frozen=True, slots=True)
class PlatformName:
    """One name, and the releases that have it.

    Attributes:
        name: as ATT&CK writes it.
        domain: whose releases have it.
        first: number of the first one; (0, 0) for as far back as anything is known.
        last: number of the last one; None where the newest has it.
        became: what the platform is called afterwards; "" where it has kept its name.
        watched: what a source must watch for this name to be meant by the newer one; empty: any.
    """

    name: str
    domain: str
    first: Number
    last: Number | None
    became: str
    watched: frozenset[str]

    def is_of(self, number: Number) -> bool:
        """Tell whether the release of that number has the name."""
        return self.first <= number and (self.last is None or number <= self.last)


def stated(platforms: Iterable[str]) -> list[str]:
    """Return the platforms that a source states: trimmed, each once, without the word `None` for none."""
    trimmed = dict.fromkeys(name.strip() for name in platforms)
    return [name for name in trimmed if name and name != UNSTATED]


def names_in_time(platforms: Sequence[str], watched: Iterable[str] = ()) -> tuple[str, ...]:
    """Return `platforms` with what they are called in older and newer releases.

    Args:
        platforms: as a source states them.
        watched: what the source watches (`azure`, `m365`, ...): it decides which older name is meant.
    """
    seen = frozenset(word.casefold() for word in watched)
    found = dict.fromkeys(platforms)
    for name in platforms:
        found.update(dict.fromkeys(each.became for each in _names() if each.name == name and each.became))
    for name in list(found):
        found.update(
            dict.fromkeys(
                each.name
                for each in _names()
                if each.became == name and (not each.watched or each.watched & seen)
            )
        )
    return tuple(found)


def known_as(platform: str) -> tuple[str, ...]:
    """Return every name of `platform` over the releases, itself first: a place that runs it runs them all.

    An environment that writes Office Suite runs Office 365 and Google Workspace, as far as a release knows.
    """
    newer = [each.became for each in _names() if each.name == platform and each.became]
    older = [each.name for each in _names() if each.became == platform]
    return (platform, *newer, *older)


def names_elsewhere(domain: str, number: Number) -> list[str]:
    """Return the names that only other releases of `domain` have, sorted."""
    return sorted(each.name for each in _names() if each.domain == domain and not each.is_of(number))


def renamed(domain: str, number: Number) -> list[str]:
    """Return what each of `names_elsewhere` is called in the release of that number, in the same order.

    "" where that is several names or none.
    """
    return [_only(names_in(domain, number, name)) for name in names_elsewhere(domain, number)]


def names_in(domain: str, number: Number, platform: str) -> list[str]:
    """Return what `platform` is called in a release: itself where no table knows it, nothing where it is absent."""
    by_name = {each.name: each for each in _names() if each.domain == domain}
    if platform not in by_name:
        return [platform]
    return [name for name in known_as(platform) if by_name[name].is_of(number)]


def _only(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else ""


def platforms_sha256() -> str:
    """Return the SHA-256 over the rows of the platform table."""
    rows = sorted(",".join(row.cells.values()) for row in packed(PLATFORM_TABLE))
    return sha256_hex("\n".join(rows).encode())


@cache
def _names() -> tuple[PlatformName, ...]:
    return tuple(_read(packed(PLATFORM_TABLE)))


def _read(rows: Iterable[TableRow]) -> Iterator[PlatformName]:
    for row in rows:
        cells = row.cells
        yield PlatformName(
            name=cells["name"],
            domain=cells["domain"],
            first=_number(cells["first"]) or (0, 0),
            last=_number(cells["last"]),
            became=cells["became"],
            watched=frozenset(row.items("watched")),
        )


def _number(text: str) -> Number | None:
    if not text:
        return None
    major, _, minor = text.partition(".")
    return int(major), int(minor)
