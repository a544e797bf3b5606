"""How a hop follows from records, by the named rules that the loaders apply too (`loaders.rules`).

A rule reads one record, the holder of the fact, and states which two things it joins; a step says whose record that
is. Who writes a proof takes one of the places where the fact appears; who verifies it asks whether the stated place
is one of them.
"""

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from loaders.rules import rule

IN_SOURCE = "record-in-source"
"""The one rule that is about a record and the tree that it is in, not about what it says."""


class Part(NamedTuple):
    """A node, or the record of a hop, with what its record says.

    Attributes:
        node: label of the node; "" for the record of a hop.
        id: publisher's id of a piece of evidence.
        name: of the node.
        attack_id: of the node.
        media: of its record; "" without one.
        text: of its record.
        value: what the record says; None without one.
        source: content root of the source that the node is.
        within: content root -> domain of each source that its record is in.
    """

    node: str = ""
    id: str | None = None
    name: str | None = None
    attack_id: str | None = None
    media: str = ""
    text: str = ""
    value: Any = None
    source: str | None = None
    within: Mapping[str, str] = MappingProxyType({})


class Step(NamedTuple):
    """What a rule makes of a path.

    Attributes:
        relationship: type in the graph.
        direction: `out` where it leads from the node before to the node after, else `in`.
        starts: labels that the node before may have.
        ends: labels that the node after may have.
        holder: whose record states it: `start`, `end` or `hop`.
        recorded: a relationship object of the source states it.
    """

    relationship: str
    direction: str
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    holder: str
    recorded: bool = False

    @property
    def kind(self) -> str:
        """`recorded` or `computed`."""
        return "recorded" if self.recorded else "computed"


EVIDENCE = ("Rule", "Detection", "Capability")
_TECHNIQUE = ("Technique",)
LOG_SOURCE_RULES = ("log-source-of-rule", "index-of-rule", "data-source-of-rule", "data-type-of-rule")
"""Those by which a rule of each format names what it reads."""
ALIAS_RULES: Mapping[str, tuple[str, ...]] = {
    "log-source-alias": LOG_SOURCE_RULES[:1],
    "publisher-log-source-alias": LOG_SOURCE_RULES[1:],
}
"""Those by which a row of a table translates such a name, and the rules by which it is named."""

STEPS: Mapping[str, Step] = MappingProxyType(
    {
        IN_SOURCE: Step("CONTAINS", "out", ("EvidenceSet",), EVIDENCE, "end"),
        "tag-claims-technique": Step("CLAIMS", "out", ("Rule",), _TECHNIQUE, "start"),
        "threat-claims-technique": Step("CLAIMS", "out", ("Rule",), _TECHNIQUE, "start"),
        "mitre-id-claims-technique": Step("CLAIMS", "out", ("Rule",), _TECHNIQUE, "start"),
        "relevant-technique-is-claimed": Step("CLAIMS", "out", ("Rule",), _TECHNIQUE, "start"),
        "row-claims-technique": Step("CLAIMS", "out", ("Capability",), _TECHNIQUE, "start"),
        "score-claims-technique": Step("CLAIMS", "out", ("Capability",), _TECHNIQUE, "start"),
        "finding-claims-technique": Step("CLAIMS", "out", ("Detection",), _TECHNIQUE, "start"),
        "revoked-by": Step("REVOKED_BY", "out", _TECHNIQUE, _TECHNIQUE, "hop", recorded=True),
        "tactic-of-phase": Step("ACHIEVES", "out", _TECHNIQUE, ("Tactic",), "start"),
        "strategy-detects": Step("DETECTS", "out", ("DetectionStrategy",), _TECHNIQUE, "hop", recorded=True),
        "component-detects": Step("DETECTS", "out", ("DataComponent",), _TECHNIQUE, "hop", recorded=True),
        "analytic-in-strategy": Step("HAS_ANALYTIC", "in", ("Analytic",), ("DetectionStrategy",), "end"),
        "component-of-analytic": Step("LOOKS_FOR", "out", ("Analytic",), ("DataComponent",), "start"),
        "log-source-of-analytic": Step("READS", "out", ("Analytic",), ("LogSource",), "start"),
        **{name: Step("READS", "out", ("Rule",), ("LogSource",), "start") for name in LOG_SOURCE_RULES},
        **{name: Step("READS", "out", ("Rule",), ("LogSource",), "hop") for name in ALIAS_RULES},
    }
)


def places(via: str, start: Part, end: Part, hop: Part) -> Iterator[str]:
    """Yield the places (JSON pointers into the holder's record) where the fact of a hop appears.

    Args:
        via: name of the rule.
        start: the node before.
        end: the node after.
        hop: the record of the hop; an empty part where it has none.
    """
    step = STEPS[via]
    if via == IN_SOURCE:
        if start.source in end.within:
            yield ""
        return
    holder = {"start": start, "end": end, "hop": hop}[step.holder].value
    first, second = (start, end) if step.direction == "out" else (end, start)
    starts = _log_sources(via, first) if via in ALIAS_RULES else _names(first)
    ends = _names_at_end(via, second)
    for found in rule(via).references(holder) if isinstance(holder, dict) else ():
        if found.start in starts and found.end in ends:
            yield found.pointer


def _names(part: Part) -> Collection[str]:
    """Return how a reference may name the thing that states it."""
    if part.node in EVIDENCE:
        return (part.id or "", "")  # a rule without an id states its claims all the same
    return (str(part.value.get("id")),) if isinstance(part.value, dict) else ()


def _names_at_end(via: str, part: Part) -> Collection[str]:
    named = rule(via).names
    if named is not None:
        return {name for domain in part.within.values() for name in named(part.value, domain)}
    return (part.attack_id if part.node == "Technique" else part.name,)  # type: ignore[return-value]


def _log_sources(via: str, part: Part) -> Collection[str]:
    """Return what a rule says it reads, in the words that the rows of one table translate."""
    return [found.end for name in ALIAS_RULES[via] for found in rule(name).references(part.value)]
