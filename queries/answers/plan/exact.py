"""The best plan there is, by the integer-programming solver HiGHS, which is an extra.

A binary variable per log source, one per missing set that is at most each of its members, and one per technique
that is at most the sum of its missing sets. The last two need not be binary: once the log sources are chosen,
their best values are whole numbers.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from math import ceil, floor, isfinite
from typing import Any

from graph.errors import UsageError
from graph.extras import to_install
from queries.answers.plan.ways import Way, Ways

ROUNDING = 1e-4
"""The solver's bounds are floating-point numbers, off by less than this; what they bound is whole."""


@dataclass(frozen=True, slots=True)
class Optimum:
    """What the solver found within its time.

    Attributes:
        log_sources: the best choice that it found; None if it found none.
        bound: techniques that no choice exceeds, or log sources that no choice goes below.
        proven: no choice is better than `log_sources`.
    """

    log_sources: frozenset[str] | None
    bound: int
    proven: bool


def installed() -> bool:
    """Return whether the solver is there."""
    return find_spec("highspy") is not None


def best(ways: Ways, sources: int, *, seconds: float) -> Optimum:
    """Return the `sources` log sources that make most techniques visible, as far as `seconds` reach.

    Raises:
        UsageError: the solver is not installed.
    """
    with _nothing_on_stdout():
        model = _Model(ways, seconds)
        model.take_at_most(sources)
        bound = model.see_most()
    return Optimum(model.found(), floor(bound + ROUNDING) if isfinite(bound) else len(ways), model.proven())


def fewest(ways: Ways, gain: int, *, seconds: float) -> Optimum:
    """Return the fewest log sources that make `gain` techniques visible, as far as `seconds` reach.

    Raises:
        UsageError: the solver is not installed.
    """
    with _nothing_on_stdout():
        model = _Model(ways, seconds)
        model.see_at_least(gain)
        bound = model.take_fewest()
    return Optimum(model.found(), ceil(bound - ROUNDING) if isfinite(bound) else 0, model.proven())


@contextmanager
def _nothing_on_stdout() -> Iterator[None]:
    """Keep what the solver prints out of the answer: from 1.16 it names itself before it can be told not to.

    It prints from C, so the file descriptor is turned, not `sys.stdout`.
    """
    try:
        kept = os.dup(1)
    except OSError:  # stdout is closed: there is nothing to keep clean
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)


class _Model:
    """The program of one question."""

    def __init__(self, ways: Ways, seconds: float) -> None:
        if not installed():
            raise UsageError("the exact optimum needs HiGHS", todo=to_install("plan"))
        import highspy

        self._highs = highspy
        self._solver = highspy.Highs()
        self._solver.setOptionValue("output_flag", False)  # noqa: FBT003  the solver's own signature
        self._solver.setOptionValue("time_limit", float(seconds))
        self._solver.setOptionValue("mip_rel_gap", 0.0)
        names = sorted({source for each in ways.values() for way in each for source in way})
        self._log_sources: dict[str, Any] = {name: self._solver.addBinary() for name in names}
        sets = {way for each in ways.values() for way in each}
        self._sets = {way: self._set(way) for way in sorted(sets, key=sorted)}
        self._techniques = [self._technique(ways[name]) for name in sorted(ways)]

    def _set(self, way: Way) -> Any:  # noqa: ANN401  the solver's variables have no public type
        """Return a variable that is 1 where all of `way` is collected."""
        if len(way) == 1:
            return self._log_sources[next(iter(way))]
        complete = self._solver.addVariable(lb=0, ub=1)
        for source in sorted(way):
            self._solver.addConstr(complete <= self._log_sources[source])
        return complete

    def _technique(self, ways: Iterable[Way]) -> Any:  # noqa: ANN401
        """Return a variable that is 1 where one of `ways` is."""
        visible = self._solver.addVariable(lb=0, ub=1)
        self._solver.addConstr(visible <= self._sum(self._sets[way] for way in sorted(ways, key=sorted)))
        return visible

    def _sum(self, variables: Iterable[Any]) -> Any:  # noqa: ANN401
        return self._solver.qsum(variables)

    def take_at_most(self, sources: int) -> None:
        """Allow no more than `sources` log sources."""
        self._solver.addConstr(self._sum(self._log_sources.values()) <= sources)

    def see_at_least(self, gain: int) -> None:
        """Ask for `gain` techniques or more."""
        self._solver.addConstr(self._sum(self._techniques) >= gain)

    def see_most(self) -> float:
        """Solve, and return the techniques that no choice exceeds."""
        self._solver.maximize(self._sum(self._techniques))
        return self._bound()

    def take_fewest(self) -> float:
        """Solve, and return the log sources that no choice goes below."""
        self._solver.minimize(self._sum(self._log_sources.values()))
        return self._bound()

    def _bound(self) -> float:
        return float(self._solver.getInfo().mip_dual_bound)

    def proven(self) -> bool:
        """Return whether what was found is the best."""
        return bool(self._solver.getModelStatus() == self._highs.HighsModelStatus.kOptimal)

    def found(self) -> frozenset[str] | None:
        """Return the chosen log sources; None if the time did not reach for any."""
        solved = self._solver.getInfo().primal_solution_status
        if solved != self._highs.SolutionStatus.kSolutionStatusFeasible:
            return None
        return frozenset(
            name for name, variable in self._log_sources.items() if self._solver.val(variable) > 1 / 2
        )
