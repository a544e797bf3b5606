"""Releases: the place of each among the others of its domain, and how captions tell them apart."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from graph.holding.change import Reselected
from graph.holding.kind import Kind, Texts
from graph.holding.lookup import LoadedRelease, digests, loaded_releases, record_texts
from graph.holding.removal import sweep
from graph.holding.rows import Properties, Relationships
from graph.holding.succession import ObjectState, Succession, compare
from graph.identifiers import SAMPLE

if TYPE_CHECKING:
    from graph.holding.writer import Writer

_SHOW = """
MATCH (release:Release) WHERE coalesce(release.shown_release, '') <> coalesce($shown[release.key], '')
CALL (release) {
  MATCH (release)-[:CONTAINS]->(object:AttackObject) SET object.shown_release = $shown[release.key]
}
SET release.shown_release = $shown[release.key]
"""
_LINKED = "MATCH (newer:Release)-[:SUCCEEDS]->(older:Release) RETURN newer.key AS newer, older.key AS older"


def settle(writer: "Writer", texts: Texts) -> tuple[Reselected, ...]:
    """Make each release succeed the next older one of its domain, and no other; put their names into captions.

    Args:
        writer: of the load.
        texts: the records at hand; the others are read from the graph.
    """
    loaded = loaded_releases(writer)
    wanted = {(newer.key, older.key): (newer, older) for newer, older in neighbors(loaded)}
    linked = {(str(row["newer"]), str(row["older"])) for row in writer.read(_LINKED, {})}
    for newer_key, older_key in sorted(linked - wanted.keys()):
        _unlink(writer, newer_key, older_key)
    for pair in sorted(wanted.keys() - linked):
        _link(writer, *wanted[pair], texts)
    writer.change(_SHOW, {"shown": names_in_captions(loaded)})
    sweep(writer)
    return ()


def names_in_captions(releases: Sequence[LoadedRelease]) -> dict[str, str]:
    """Return key -> the shortest name that tells a release from the other loaded ones; none for a single release."""
    if len(releases) == 1:
        return {}
    several = len({each.domain for each in releases}) > 1
    samples_only = all(each.sample for each in releases)
    names = {each.key: each.key.partition("@")[2] for each in releases}
    if samples_only:
        names = {key: name.removesuffix(SAMPLE) for key, name in names.items()}
    return {
        each.key: f"{each.domain.partition('-')[0]} {names[each.key]}" if several else names[each.key]
        for each in releases
    }


def neighbors(releases: list[LoadedRelease]) -> list[tuple[LoadedRelease, LoadedRelease]]:
    """Return (newer, older) for each two releases that follow one another; samples only follow samples.

    Args:
        releases: ordered by domain, sample, number (9.0 comes before 10.0).
    """
    return [
        (newer, older)
        for older, newer in pairwise(releases)
        if (newer.domain, newer.sample) == (older.domain, older.sample)
    ]


def _unlink(writer: "Writer", newer: str, older: str) -> None:
    writer.change(
        "MATCH (object:AttackObject {release: $newer})-[link:SUCCEEDS]->() DELETE link", {"newer": newer}
    )
    writer.change(
        "MATCH (:Release {key: $newer})-[link:SUCCEEDS]->(:Release {key: $older}) DELETE link",
        {"newer": newer, "older": older},
    )


def _link(writer: "Writer", newer: LoadedRelease, older: LoadedRelease, at_hand: Texts) -> None:
    now, before = digests(writer, newer.key), digests(writer, older.key)
    differing = [stix_id for stix_id in now if before.get(stix_id, now[stix_id]) != now[stix_id]]
    wanted = {side[stix_id] for stix_id in differing for side in (now, before)}
    texts = {**at_hand, **record_texts(writer, wanted - at_hand.keys())}
    found = compare(_states(before, texts), _states(now, texts), newer.fields_used)
    writer.send(Relationships("SUCCEEDS", "Release", "Release", [(newer.key, older.key, {})]))
    rows = [
        (f"{newer.key}/{each.stix_id}", f"{older.key}/{each.stix_id}", _properties(each)) for each in found
    ]
    writer.send(Relationships("SUCCEEDS", "AttackObject", "AttackObject", rows))


def _states(digests_of_release: Mapping[str, str], texts: Texts) -> dict[str, ObjectState]:
    return {
        stix_id: ObjectState(stix_id.partition("--")[0], sha256, texts.get(sha256, ""))
        for stix_id, sha256 in digests_of_release.items()
    }


def _properties(each: Succession) -> Properties:
    return {"change": each.change.value, "fields": list(each.fields)}


RELEASE = Kind(
    word="release",
    label="Release",
    listed="`sightline releases` lists them",
    otherwise="use --replace to replace it",
    settle=settle,
)
