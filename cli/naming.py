"""What a person may call things on the command line, and what is said where a word is none of that."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from graph.errors import NotFoundError, UsageError
from graph.identifiers import technique
from graph.spelling import did_you_mean, nearest
from queries.answers.choice import newest_of_domains
from queries.answers.identity import called, identified
from queries.ask import ask, recording
from queries.params import Nothing, OfRelease
from queries.questions.lookup.questions import EVIDENCE, PLATFORM_NAMES, PLATFORMS, Found, OfEvidence
from queries.questions.releases.questions import ANNOTATIONS, SETS

if TYPE_CHECKING:
    from cli.session import Session
    from graph.server.connection import Graph

_NOT_IN_A_NAME = re.compile(r"[^\w.@-]+", re.ASCII)
Row = TypeVar("Row")


def file_name(identifier: str) -> str:
    """Return an identifier as the name of a file: what a file system may not take becomes a hyphen."""
    return _NOT_IN_A_NAME.sub("-", identifier)


def technique_id(text: str, command: str) -> str:
    """Return `text` as the identifier of a technique.

    Raises:
        UsageError: it does not have the form of one.
    """
    attack_id = technique(text)
    if attack_id is None:
        raise UsageError(
            f"{command} takes technique ids", where=text, todo="give an id such as T1528 or T1059.001"
        )
    return attack_id


def meant_by(
    graph: "Graph", session: "Session", text: str, release: str | None = None, domain: str | None = None
) -> tuple[str, str | None]:
    """Return the identifier that `text` means, and the same again if it is ATT&CK's or STIX's; None if it is not.

    A name, an alias or a title means the one thing that has it, which is said; evidence and sets keep their names.
    """
    attack_id = identified(graph, text)
    if attack_id or ask(graph, EVIDENCE, OfEvidence(text)):
        return attack_id or text, attack_id
    for key in newest_of_domains(graph, release, domain):
        found = called(graph, key, text)
        if found and found.attack_id:
            session.say(f"{text} is {_how_called(found)} {found.attack_id}")
            return found.attack_id, identified(graph, found.attack_id) if found.release else None
    return text, None


def _how_called(found: "Found") -> str:
    kind = "an alias" if found.match == "alias" else "the title" if found.release is None else "the name"
    return f"{kind} of {found.name}," if found.match == "alias" else f"{kind} of"


def known_set(graph: "Graph", name: str | None, *, superseded: bool = False) -> str | None:
    """Return the name or key of a loaded set of evidence, whose evidence answers; None where none is named.

    Args:
        graph: the open graph.
        name: what the person wrote.
        superseded: whether sets that a newer version replaced answer too.

    Raises:
        NotFoundError: no set has that name or key; what comes nearest is named.
        UsageError: the set is superseded, and such sets do not answer.
    """
    if name is None:
        return None
    with recording():  # whether there is such a set; the rows do not rest on it
        sets = [each for each in ask(graph, SETS, Nothing()) if each.kind != ANNOTATIONS]
    meant = [each for each in sets if name in (each.set, each.name)]
    if not meant:
        words = [word for each in sets for word in (each.name, each.set)]
        raise NotFoundError(
            "no such set is loaded",
            where=name,
            todo=did_you_mean(name, words, otherwise="`sightline sets` lists them"),
        )
    if not superseded and not any(each.current for each in meant):
        now = next((each.set for each in sets if each.current and each.name == meant[0].name), None)
        raise UsageError("is superseded", where=name, todo=f"pass --set {now}" if now else "load it again")
    return name


def of_platform(rows: Sequence[Row], platform: str | None) -> Sequence[Row]:
    """Return the rows of `platform`, in whatever case it is written; all where none is named."""
    if platform is None:
        return rows
    wanted = platform.casefold()
    return [row for row in rows if (getattr(row, "platform", None) or "").casefold() == wanted]


def of_known_platform(
    graph: "Graph", rows: Sequence[Row], platform: str | None, releases: Iterable[str]
) -> Sequence[Row]:
    """Return the rows of `platform` as `of_platform` does.

    Raises:
        NotFoundError: no row and none of the releases has that platform; what comes nearest is named.
    """
    found = of_platform(rows, platform)
    if platform and not found:
        _refuse_unknown(graph, platform, releases)
    return found


def known_platform(graph: "Graph", platform: str | None, release: str) -> str | None:
    """Return `platform` as it is written, if some technique of the release has it in whatever case.

    Raises:
        NotFoundError: none has; what comes nearest is named.
    """
    if platform is not None:
        _refuse_unknown(graph, platform, [release])
    return platform


def _refuse_unknown(graph: "Graph", platform: str, releases: Iterable[str]) -> None:
    keys = list(releases)
    listed = [row.platform for key in keys for row in ask(graph, PLATFORMS, OfRelease(key))]
    folded = {each.casefold(): each for each in listed if each is not None}
    if platform.casefold() not in folded:
        todo = _meant(graph, platform, folded, keys)
        raise NotFoundError("no technique has this platform", where=platform, todo=todo)


def _meant(graph: "Graph", platform: str, folded: Mapping[str, str], releases: Sequence[str]) -> str:
    """Return what to write instead: what the releases call it now, the nearest names, or all of them."""
    wanted = platform.casefold()
    names = [row for key in releases for row in ask(graph, PLATFORM_NAMES, OfRelease(key))]
    renamed = {row.platform for row in names if row.platform and row.name.casefold() == wanted}
    near = sorted(renamed) or nearest(platform, folded.values())
    if near:
        return f"did you mean {', '.join(near)}?"
    if folded:
        return f"available: {', '.join(sorted(folded.values()))}"
    return f"ATT&CK states no platforms in {', '.join(releases)}; drop --platform"
