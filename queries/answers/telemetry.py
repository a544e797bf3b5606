"""What `related.telemetry` answers, for every technique of a release from one question.

The question works the weights of the whole release out for a single technique. Here they are asked once
(`related.traces`), and the sums are made in the order in which the question makes them, so that both give the same
figures to the last bit: tests/integration/queries/official/test_telemetry.py compares them on real releases.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from queries.ask import Asked, ask
from queries.params import OfRelease
from queries.questions.related.methods import Relation
from queries.questions.related.others import TRACES, Trace

AT_LEAST = 2
"""Traces that two techniques share, as in the question."""


@dataclass(frozen=True, slots=True)
class Telemetry:
    """Where the techniques of a release show.

    Attributes:
        traces: of each technique, by name, as the question orders them.
        totals: the weights of a technique's traces, added up in that order.
    """

    release: str
    names: Mapping[str, str]
    traces: Mapping[str, Sequence[Trace]]
    totals: Mapping[str, float]

    def related(self, technique_id: str) -> list[Relation]:
        """Return what shows where a technique shows; nothing for one that is not live."""
        common: dict[str, float] = defaultdict(float)
        shared: dict[str, list[str]] = defaultdict(list)
        for trace in self.traces.get(technique_id, ()):
            for other in trace.technique_ids:
                common[other] += trace.weight
                shared[other].append(trace.trace)
        return sorted(
            self._relations(technique_id, common, shared), key=lambda each: (-each.score, each.technique_id)
        )

    def _relations(
        self, own: str, common: Mapping[str, float], shared: Mapping[str, list[str]]
    ) -> Iterator[Relation]:
        for other, traces in shared.items():
            union = self.totals[own] + self.totals[other] - common[other]
            if other != own and len(traces) >= AT_LEAST and union > 0:
                yield Relation(
                    release=self.release,
                    technique_id=other,
                    technique=self.names[other],
                    method="telemetry",
                    score=common[other] / union,
                    shared=len(traces),
                    shared_with=tuple(traces),
                    out_of=None,
                    low_support=False,
                )


def telemetry(graph: Asked, release: str) -> Telemetry:
    """Return where the techniques of a release show.

    Raises:
        SightlineError: as `ask` raises it.
    """
    traces: dict[str, list[Trace]] = defaultdict(list)
    totals: dict[str, float] = defaultdict(float)
    names: dict[str, str] = {}
    for trace in ask(graph, TRACES, OfRelease(release)):
        for technique_id, name in zip(trace.technique_ids, trace.techniques, strict=True):
            names[technique_id] = name
            traces[technique_id].append(trace)
            totals[technique_id] += trace.weight
    return Telemetry(release, names, traces, totals)
