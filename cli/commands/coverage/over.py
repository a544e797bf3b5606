"""`coverage --over`: the same question asked of several releases, side by side."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cli.answer import Rows, Scope, rows_of
from cli.commands.coverage.asked import By, Found, Wish
from cli.naming import of_known_platform
from graph.errors import NotFoundError, UsageError
from graph.holding.lookup import loaded_releases
from queries.answers.choice import choose
from queries.answers.over import Count, MeaningsOf, State, StateOver, TotalOver, counts_over, states_over
from queries.answers.upgrade.coverage import successors

if TYPE_CHECKING:
    from cli.session import Session
    from graph.server.connection import Graph

Asking = Callable[["Graph", "Session", Sequence[str], Wish], Found]
_COUNTED: Mapping[By, tuple[str, str | None, str]] = {
    By.TACTIC: ("techniques covered", "techniques", "covered"),
    By.PLATFORM: ("technique x platform covered", "pairs", "covered"),
    By.SET: ("techniques claimed to be detected", "techniques", "techniques_detected"),
    By.SOURCE: ("techniques", None, "techniques"),
    By.LOG_SOURCE: ("techniques", None, "techniques"),
}
"""What is counted: in words, of which field, and which."""
_KEYS = ("tactic_id", "platform", "set", "source", "log_source")
_FEWEST = 2


def over(graph: "Graph", session: "Session", ids: Sequence[str], wish: Wish, of: Asking) -> Rows:
    """Return the coverage of several releases side by side.

    Args:
        graph: the open graph.
        session: of the run.
        ids: techniques; none for all.
        wish: what is asked; `over` names the releases, with commas between them.
        of: what asks it of one release.

    Raises:
        NotFoundError: a release is not loaded, or none of them has a technique.
        UsageError: fewer than two releases, or of several domains; or the question has no rows to compare.
    """
    releases = _releases(graph, wish)
    ask = _asking(graph, session, wish, of)
    if ids:
        return _rows(StateOver, _of_ids(graph, ids, releases, ask), releases, wish)
    by = wish.by or (By.TECHNIQUE if wish.platform else By.TACTIC)
    found = [ask(release, ()) for release in releases]
    if by is By.TECHNIQUE:
        rows = states_over(
            releases, [map(_state, each.rows) for each in found], MeaningsOf(graph, releases[-1])
        )
        return _rows(StateOver, of_known_platform(graph, rows, wish.platform, releases), releases, wish)
    return _rows(TotalOver, _totals(graph, by, releases, found), releases, wish)


def _releases(graph: "Graph", wish: Wish) -> list[str]:
    """Return the keys of the releases, from the oldest to the newest."""
    if wish.evidence:
        raise UsageError("--evidence does not go with --over", todo="drop one of them")
    if wish.release:
        raise UsageError("--release does not go with --over", todo="name it among the releases of --over")
    words = [word.strip() for word in (wish.over or "").split(",") if word.strip()]
    chosen = {choose(graph, word, domain=wish.domain) for word in words}
    known = [each for each in loaded_releases(graph) if each.key in chosen]
    if len({each.domain for each in known}) > 1 or len({each.sample for each in known}) > 1:
        raise UsageError("the releases are of several domains", where="--over", todo="name those of one")
    if len(known) < _FEWEST:
        raise UsageError("needs two releases", where="--over", todo="such as --over 18.1,19.1")
    return [each.key for each in sorted(known, key=lambda each: each.order)]


def _asking(
    graph: "Graph", session: "Session", wish: Wish, of: Asking
) -> Callable[[str, Sequence[str]], Found]:
    return lambda release, ids: of(graph, session, ids, replace(wish, release=release))


def _of_ids(
    graph: "Graph",
    ids: Sequence[str],
    releases: Sequence[str],
    ask: Callable[[str, Sequence[str]], Found],
) -> Iterator[StateOver]:
    """Yield the rows of each technique; a release that does not have it has no state for it.

    An id of the newest release is about all that became it, as without ids; an older id about that one alone.
    """
    meanings = MeaningsOf(graph, releases[-1])
    present = {release: _own_ids(graph, release) for release in releases}
    for attack_id in ids:
        found: list[list[State]] = []
        unknown: NotFoundError | None = None
        for release in releases:
            try:
                here = [each for each in meanings.all_of(attack_id) if each in present[release]]
                found.append([_state(row) for row in ask(release, here or [attack_id]).rows])
            except NotFoundError as error:
                found.append([])
                unknown = error
        if unknown is not None and not any(found):
            raise unknown
        yield from states_over(releases, found, meanings, attack_id)


def _own_ids(graph: "Graph", release: str) -> set[str]:
    """Return the ids of the techniques that a release has, without those that mean others there."""
    return {attack_id for attack_id, now in successors(graph, release).items() if attack_id == now}


def _state(row: Any) -> State:  # noqa: ANN401  of any row that has a state
    if not hasattr(row, "state"):
        raise UsageError("--over with ids goes with no --by but platform", todo="drop --by")
    return State(
        row.technique_id,
        row.technique,
        getattr(row, "platform", None),
        getattr(row, "placement", None),
        row.state,
        getattr(row, "detect", 0),
    )


def _totals(graph: "Graph", by: By, releases: Sequence[str], found: Sequence[Found]) -> Sequence[TotalOver]:
    words, whole, part = _COUNTED[by]
    meanings = MeaningsOf(graph, releases[-1])
    return counts_over(by, words, releases, [_counts(each.rows, whole, part, meanings) for each in found])


def _counts(rows: Iterable[Any], whole: str | None, part: str, meanings: MeaningsOf) -> Iterator[Count]:
    for row in rows:
        field = next(name for name in _KEYS if hasattr(row, name))
        own = getattr(row, field)
        key = meanings.platform(own) if field == "platform" else own
        name = getattr(row, "tactic", own) or "not stated by ATT&CK"
        yield Count(
            key or "",
            own if field == "tactic_id" else None,
            name,
            getattr(row, whole) if whole else None,
            getattr(row, part),
        )


# As people read it ------------------------------------------------------------------------------------------


def _rows(row: type, rows: Iterable[Any], releases: Sequence[str], wish: Wish) -> Rows:
    listed = list(rows)
    scope = Scope(None, wish.environment, (wish.platform,) if wish.platform else ())
    answer = rows_of(row, listed, scope=scope, looked_at=f"coverage in {', '.join(releases)}")
    table = _of_states(listed, releases) if row is StateOver else _of_counts(listed, releases)
    return replace(answer, table=table)


def _of_states(rows: Sequence[StateOver], releases: Sequence[str]) -> Rows:
    columns = ("technique id", "technique", "platform", *map(_short, releases), "change")
    values = [(row.technique_id, row.technique, row.platform, *_cells(row), row.change) for row in rows]
    return Rows(columns, values, as_named=True)


def _cells(row: StateOver) -> Iterator[str | None]:
    """Yield what is told of each release: the state, and the id where that is another one."""
    for attack_id, state in zip(row.technique_ids, row.states, strict=True):
        yield state if attack_id in (None, row.technique_id) else f"{state} ({attack_id})"


def _of_counts(rows: Sequence[TotalOver], releases: Sequence[str]) -> Rows:
    columns = ("id", rows[0].by if rows else "name", *map(_short, releases), "change")
    values = [(row.id, row.name, *_parts(row), f"{row.change:+d}" if row.change else "0") for row in rows]
    return Rows(columns, values, as_named=True)


def _parts(row: TotalOver) -> Iterator[str | None]:
    """Yield what is told of each release: the count, of how many, and the name where that is another one."""
    for name, of, count in zip(row.names, row.of, row.counts, strict=True):
        if count is None:
            yield None
            continue
        whole = f"{count} of {of}" if of is not None else f"{count}"
        yield whole if name == row.name else f"{whole} ({name})"


def _short(release: str) -> str:
    return release.partition("@")[2]
