"""Coverage over several releases side by side: what is the same thing under another name or id is one row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from queries.answers.rollup import STATES
from queries.answers.upgrade.coverage import LIBRARY_STATES, successors
from queries.ask import Asked, ask
from queries.params import OfRelease
from queries.questions.lookup.questions import PLATFORM_NAMES

SAME, BETTER, WORSE, NEW, GONE = "same", "better", "worse", "new", "gone"


@dataclass(frozen=True, slots=True)
class StateOver:
    """A technique, on a platform or as a whole, in several releases; each list has a member for each release.

    Attributes:
        technique_id, technique, platform: as the newest release that has them calls them, on other platforms too.
        placement: as in coverage; None for a technique as a whole.
        technique_ids: what it is in each; several, joined by `+`, where they became one; None where it is not there.
        states: the best of them.
        detect: pieces of evidence that claim to detect it; where several became one, those of the one with the most.
        change: from the first release that has it to the last: same, better, worse; new or gone.
    """

    technique_id: str
    technique: str
    platform: str | None
    placement: str | None
    releases: tuple[str, ...]
    technique_ids: tuple[str | None, ...]
    states: tuple[str | None, ...]
    detect: tuple[int | None, ...]
    change: str


@dataclass(frozen=True, slots=True)
class TotalOver:
    """A tactic, platform, set, source or log source in several releases; each list has a member for each release.

    Attributes:
        by: what it is.
        id, name: as the newest release that has it calls it.
        names: what each release calls it; None where it is not there.
        of: what is counted in all, such as the techniques of a tactic; None where that is no part of anything.
        counts: those that count: covered ones, or what `counted` says.
        change: of the counts, from the first release that has it to the last one that has it.
    """

    by: str
    id: str | None
    name: str
    releases: tuple[str, ...]
    names: tuple[str | None, ...]
    counted: str
    of: tuple[int | None, ...]
    counts: tuple[int | None, ...]
    change: int


@dataclass(frozen=True, slots=True)
class State:
    """A state of a technique in one release."""

    technique_id: str
    technique: str
    platform: str | None
    placement: str | None
    state: str
    detect: int


@dataclass(frozen=True, slots=True)
class Count:
    """A count of something in one release; `key` is the same in all."""

    key: str
    id: str | None
    name: str
    of: int | None
    count: int


class Meanings(Protocol):
    """What ids and platforms of older releases are in the newest one."""

    def technique(self, attack_id: str) -> str:
        """Return the id that one means in the newest release, itself where it means nothing there."""

    def platform(self, name: str | None) -> str | None:
        """Return what the newest release calls a platform, the same where that is several or none."""


class MeaningsOf:
    """What ids and platforms of older releases are in a loaded one."""

    def __init__(self, graph: Asked, release: str) -> None:
        self._ids = successors(graph, release)
        names = ask(graph, PLATFORM_NAMES, OfRelease(release))
        self._platforms = {row.name: row.platform for row in names if row.platform}

    def technique(self, attack_id: str) -> str:
        """Return the id that one means in the newest release, itself where it means nothing there."""
        return self._ids.get(attack_id, attack_id)

    def all_of(self, attack_id: str) -> list[str]:
        """Return the ids that mean a technique in the newest release, sorted; of an older id that one alone."""
        meant = [each for each, now in self._ids.items() if now == attack_id] or [attack_id]
        return sorted(meant) if self.technique(attack_id) == attack_id else [attack_id]

    def platform(self, name: str | None) -> str | None:
        """Return what the newest release calls a platform, the same where that is several or none."""
        return self._platforms.get(name, name) if name else None


def states_over(
    releases: Sequence[str], rows: Sequence[Iterable[State]], meanings: Meanings, asked: str | None = None
) -> list[StateOver]:
    """Return the states of several releases side by side, by technique and platform.

    Args:
        releases: from the oldest to the newest.
        rows: of each of them.
        meanings: in the newest one.
        asked: the id that was asked for, which every row is about; None where they are about several.
    """
    found: dict[tuple[str, str, str], list[list[State]]] = {}
    newest: dict[str, State] = {}
    for at, of_release in enumerate(rows):
        for row in of_release:
            key = (
                asked or meanings.technique(row.technique_id),
                meanings.platform(row.platform) or "",
                row.placement or "",
            )
            found.setdefault(key, [[] for _ in releases])[at].append(row)
            if at == len(releases) - 1:
                newest[key[0]] = row
    ordered = sorted(found.items(), key=lambda each: each[0])
    return [_over(releases, key, cells, newest.get(key[0])) for key, cells in ordered]


def _over(
    releases: Sequence[str],
    key: tuple[str, str, str],
    cells: Sequence[Sequence[State]],
    newest: State | None,
) -> StateOver:
    best = [min(cell, key=lambda row: _rank(row.state)) if cell else None for cell in cells]
    states = tuple(row.state if row else None for row in best)
    ids = ["+".join(dict.fromkeys(row.technique_id for row in cell)) or None for cell in cells]
    last = [row for cell in cells for row in cell][-1]
    return StateOver(
        technique_id=newest.technique_id if newest else key[0],
        technique=newest.technique if newest else last.technique,
        platform=key[1] or None,
        placement=key[2] or None,
        releases=tuple(releases),
        technique_ids=tuple(ids),
        states=states,
        detect=tuple(max((row.detect for row in cell), default=None) for cell in cells),
        change=_change(states),
    )


def _rank(state: str) -> int:
    return (STATES if state in STATES else LIBRARY_STATES).index(state)


def _change(states: Sequence[str | None]) -> str:
    if states[-1] is None:
        return GONE
    if states[0] is None:
        return NEW
    before, after = _rank(states[0]), _rank(states[-1])
    return SAME if before == after else BETTER if after < before else WORSE


def counts_over(
    by: str, counted: str, releases: Sequence[str], rows: Sequence[Iterable[Count]]
) -> list[TotalOver]:
    """Return the counts of several releases side by side, in the order of the newest one, then of the others.

    Args:
        by: what is counted by, such as `tactic`.
        counted: what is counted, in words.
        releases: from the oldest to the newest.
        rows: of each of them.
    """
    by_key = [_by_key(of_release) for of_release in rows]
    keys = dict.fromkeys(key for of_release in reversed(by_key) for key in of_release)
    return [_total(by, counted, releases, [each.get(key) for each in by_key]) for key in keys]


def _by_key(rows: Iterable[Count]) -> dict[str, Count]:
    """Return the counts by key; those of several things that became one are added up."""
    found: dict[str, Count] = {}
    for row in rows:
        other = found.get(row.key)
        if other is None:
            found[row.key] = row
            continue
        of = None if row.of is None or other.of is None else row.of + other.of
        found[row.key] = Count(row.key, row.id, f"{other.name}+{row.name}", of, other.count + row.count)
    return found


def _total(by: str, counted: str, releases: Sequence[str], cells: Sequence[Count | None]) -> TotalOver:
    present = [cell for cell in cells if cell is not None]
    return TotalOver(
        by=by,
        id=present[-1].id,
        name=present[-1].name,
        releases=tuple(releases),
        names=tuple(cell.name if cell else None for cell in cells),
        counted=counted,
        of=tuple(cell.of if cell else None for cell in cells),
        counts=tuple(cell.count if cell else None for cell in cells),
        change=present[-1].count - present[0].count,
    )
