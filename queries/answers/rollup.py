"""Coverage of an environment added up: by technique, tactic and platform.

A technique takes its best state over the platforms that are run; a parent never inherits from its children.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from queries.answers.narrowing import EVERYTHING, Narrowing, wanted
from queries.ask import Asked, ask
from queries.params import OfRelease
from queries.questions.coverage.environment import ENVIRONMENT, PlatformCoverageHere, TechniqueHere
from queries.questions.coverage.totals import PairState, TacticTotal, TechniqueTotal
from queries.questions.lookup.questions import TACTICS, TacticColumn

STATES = (
    "covered",
    "unplaced",
    "enabled_blind",
    "visible",
    "protect_only",
    "gap",
    "unknown",
    "not_applicable",
)
"""From best to worst."""


@dataclass(frozen=True, slots=True)
class TechniqueTotalHere:
    """A technique in an environment: its best platform's state, and how many run platforms are covered."""

    release: str
    environment: str
    technique_id: str
    technique: str
    state: str
    level: str | None
    platforms_covered: int
    platforms_run: int
    detect: int
    blind: int
    validated: int


@dataclass(frozen=True, slots=True)
class TacticTotalHere:
    """The techniques of a tactic by state; `techniques` is the sum of the eight.

    `pairs` counts (technique, run platform), `pairs_covered` those that are covered.
    """

    release: str
    environment: str
    tactic_id: str
    tactic: str
    techniques: int
    covered: int
    unplaced: int
    enabled_blind: int
    visible: int
    protect_only: int
    gap: int
    unknown: int
    not_applicable: int
    pairs: int
    pairs_covered: int


@dataclass(frozen=True, slots=True)
class PlatformTotalHere:
    """The techniques of a platform by state; `pairs` is the sum of the eight.

    `platform` is None for the techniques for which ATT&CK states none.
    """

    release: str
    environment: str
    platform: str | None
    pairs: int
    covered: int
    unplaced: int
    enabled_blind: int
    visible: int
    protect_only: int
    gap: int
    unknown: int
    not_applicable: int


def by_technique(
    graph: Asked,
    *,
    release: str,
    environment: str,
    of_set: str | None = None,
    narrowing: Narrowing = EVERYTHING,
) -> list[TechniqueTotalHere]:
    """Return every live technique with its best state, by identifier.

    Raises:
        SightlineError: as `ask` raises it.
    """
    pairs = pairs_here(graph, TechniqueHere(release, environment, set=of_set), narrowing)
    return [_technique(rows) for rows in _by_technique(pairs).values()]


def by_tactic(
    graph: Asked,
    *,
    release: str,
    environment: str,
    of_set: str | None = None,
    narrowing: Narrowing = EVERYTHING,
) -> list[TacticTotalHere]:
    """Return every tactic in the order of the matrix with its techniques by state.

    Raises:
        SightlineError: as `ask` raises it.
    """
    techniques = _by_technique(pairs_here(graph, TechniqueHere(release, environment, set=of_set), narrowing))
    columns = ask(graph, TACTICS, OfRelease(release))
    return [_tactic(column, environment, techniques.values()) for column in columns]


def by_platform(
    graph: Asked,
    *,
    release: str,
    environment: str,
    of_set: str | None = None,
    narrowing: Narrowing = EVERYTHING,
) -> list[PlatformTotalHere]:
    """Return every platform of the release with its techniques by state, those with the most first.

    Raises:
        SightlineError: as `ask` raises it.
    """
    states: dict[str | None, Counter[str]] = defaultdict(Counter)
    for row in pairs_here(graph, TechniqueHere(release, environment, set=of_set), narrowing):
        states[row.platform][row.state] += 1
    totals = [
        PlatformTotalHere(
            release=release,
            environment=environment,
            platform=platform,
            pairs=counts.total(),
            **_counts(counts),
        )
        for platform, counts in states.items()
    ]
    return sorted(totals, key=lambda total: (-total.pairs, total.platform or ""))


ALL = "all tactics, each technique once"


def of_all_tactics(rows: Sequence[TechniqueTotal]) -> TacticTotal:
    """Return techniques added up as a row of the library by tactic, each of them once."""
    pairs, covered = sum(row.platforms for row in rows), sum(row.platforms_covered for row in rows)
    return _of_library(rows[0].release, Counter(row.state for row in rows), pairs, covered)


def of_all_pairs(rows: Sequence[PairState]) -> TacticTotal | None:
    """Return the techniques of one platform added up as a row of the library by tactic; None where it has none."""
    if not rows:
        return None
    states = Counter(row.state for row in rows)
    return _of_library(rows[0].release, states, len(rows), states["covered"])


def _of_library(release: str, states: Counter[str], pairs: int, pairs_covered: int) -> TacticTotal:
    return TacticTotal(
        release=release,
        tactic_id="",
        tactic=ALL,
        techniques=states.total(),
        covered=states["covered"],
        unplaced=states["unplaced"],
        off_platform=states["off_platform"],
        protect_only=states["protect_only"],
        guidance_only=states["guidance_only"],
        none=states["none"],
        pairs=pairs,
        pairs_covered=pairs_covered,
    )


def of_all_tactics_here(rows: Sequence[TechniqueTotalHere]) -> TacticTotalHere:
    """Return techniques added up as a row of an environment by tactic, each of them once."""
    return TacticTotalHere(
        release=rows[0].release,
        environment=rows[0].environment,
        tactic_id="",
        tactic=ALL,
        techniques=len(rows),
        pairs=sum(row.platforms_run for row in rows),
        pairs_covered=sum(row.platforms_covered for row in rows),
        **_counts(Counter(row.state for row in rows)),
    )


def pairs_here(
    graph: Asked, here: TechniqueHere, narrowing: Narrowing = EVERYTHING
) -> list[PlatformCoverageHere]:
    """Return the techniques that `narrowing` leaves, one row for each platform that it leaves.

    Raises:
        NotFoundError: the release has no such tactic or user.
        SightlineError: as `ask` raises it.
    """
    left = wanted(graph, here.release, narrowing)
    return [
        row
        for row in ask(graph, ENVIRONMENT, here)
        if (left is None or row.technique_id in left) and narrowing.is_on(row.platform)
    ]


def _by_technique(pairs: Iterable[PlatformCoverageHere]) -> dict[str, list[PlatformCoverageHere]]:
    found: dict[str, list[PlatformCoverageHere]] = defaultdict(list)
    for row in pairs:
        found[row.technique_id].append(row)
    return found


def _best(rows: Sequence[PlatformCoverageHere]) -> PlatformCoverageHere:
    return min(rows, key=lambda row: (STATES.index(row.state), -int((row.level or "L0")[1:])))


def _run(rows: Iterable[PlatformCoverageHere]) -> list[PlatformCoverageHere]:
    return [row for row in rows if row.state != "not_applicable"]


def _technique(rows: Sequence[PlatformCoverageHere]) -> TechniqueTotalHere:
    best, run = _best(rows), _run(rows)
    return TechniqueTotalHere(
        release=best.release,
        environment=best.environment,
        technique_id=best.technique_id,
        technique=best.technique,
        state=best.state,
        level=best.level,
        platforms_covered=sum(row.state == "covered" for row in run),
        platforms_run=len(run),
        detect=max(row.detect for row in rows),
        blind=max(row.blind for row in rows),
        validated=max(row.validated for row in rows),
    )


def _tactic(
    column: TacticColumn, environment: str, techniques: Iterable[list[PlatformCoverageHere]]
) -> TacticTotalHere:
    own = [rows for rows in techniques if column.tactic_id in rows[0].tactic_ids]
    return TacticTotalHere(
        release=column.release,
        environment=environment,
        tactic_id=column.tactic_id,
        tactic=column.tactic,
        techniques=len(own),
        pairs=sum(len(_run(rows)) for rows in own),
        pairs_covered=sum(row.state == "covered" for rows in own for row in rows),
        **_counts(Counter(_best(rows).state for rows in own)),
    )


def _counts(states: Counter[str]) -> dict[str, int]:
    return {state: states[state] for state in STATES}
