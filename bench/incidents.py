"""How well the rest of an incident is foretold from half of its techniques.

For each pair of releases in turn: the groups, campaigns and software that are new in the later one, with six
techniques or more that live in both under one identifier. A half of them is given, by the order of a hash, four times
by four hashes; the built-in question is asked of the earlier release, which does not know the user, and what it names
first is compared with the other half. The reference is the list of the techniques with most users in the earlier
release. Recall at k is the part of the other half that is named, of k where that half is larger.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from statistics import fmean
from typing import Any

from graph.record import sha256_hex
from graph.server.connection import Graph
from queries.ask import ask
from queries.params import OfRelease
from queries.questions.coverage.thin import USED
from queries.questions.related.others import SEEN_TOGETHER, Incident

RELEASES = ("15.1", "16.1", "17.1", "18.1", "19.1")
FEWEST = 6
"""Techniques of a user that is asked about."""
DRAWS = 4
"""Halves of each user: one alone leaves the figures to the luck of the hash."""
TOPS = (10, 20)
USERS = """
MATCH (user:Group|Campaign|Software {release: $release, live: true})-[:USES]->(technique:Technique {live: true})
RETURN user.stix_id AS user, collect(DISTINCT technique.attack_id) AS techniques
"""


@dataclass(frozen=True, slots=True)
class Half:
    """A user that is new in the next release: techniques that are given, and those to be foretold."""

    release: str
    given: tuple[str, ...]
    hidden: frozenset[str]


def lines(graph: Graph) -> Iterator[str]:
    """Yield the mean recall of the question and of the reference, of each pair of releases and of all."""
    found = []
    for before, after in pairwise(RELEASES):
        part = _measured(graph, before, after)
        yield _line(f"{before} -> {after}", part)
        found += part
    yield _line("all", found)


Recalls = Mapping[str, float]


def _measured(graph: Graph, before: str, after: str) -> list[Recalls]:
    release = f"enterprise-attack@{before}"
    used = ask(graph, USED, OfRelease(release))
    most = [
        row.technique_id for row in sorted(used, key=lambda row: -(row.groups + row.campaigns + row.software))
    ]
    return [_recalls(graph, half, most) for half in _halves(graph, before, after, frozenset(most))]


def _halves(graph: Graph, before: str, after: str, live: frozenset[str]) -> list[Half]:
    older, newer = (_users(graph, version) for version in (before, after))
    halves = []
    for user in sorted(newer.keys() - older.keys()):
        techniques = sorted(newer[user] & live)
        if len(techniques) >= FEWEST:
            halves += [_half(f"enterprise-attack@{before}", user, draw, techniques) for draw in range(DRAWS)]
    return halves


def _half(release: str, user: str, draw: int, techniques: Sequence[str]) -> Half:
    given = sorted(techniques, key=partial(_drawn, user, draw))[: len(techniques) // 2]
    return Half(release, tuple(sorted(given)), frozenset(techniques) - set(given))


def _drawn(user: str, draw: int, technique: str) -> str:
    return sha256_hex(f"{user} {draw} {technique}".encode())


def _users(graph: Graph, version: str) -> dict[str, frozenset[str]]:
    rows: list[Any] = [*graph.read(USERS, {"release": f"enterprise-attack@{version}"})]
    return {row["user"]: frozenset(row["techniques"]) for row in rows}


def _recalls(graph: Graph, half: Half, most_used: Sequence[str]) -> Recalls:
    rows = ask(graph, SEEN_TOGETHER, Incident(half.release, half.given, limit=max(TOPS)))
    listed = [row.technique_id for row in rows]
    plain = [each for each in most_used if each not in half.given]
    return {
        f"{name} recall@{top}": len(half.hidden.intersection(ranking[:top])) / min(top, len(half.hidden))
        for name, ranking in (("nearest users", listed), ("most used", plain))
        for top in TOPS
    }


def _line(title: str, measured: Sequence[Recalls]) -> str:
    figures = ", ".join(f"{name} {fmean(each[name] for each in measured):.3f}" for name in measured[0])
    return f"{title}: n = {len(measured)}; {figures}"
