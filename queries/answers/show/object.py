"""Which parts an object of each type is shown with."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from queries.answers.fusion import FusedRelation, related
from queries.answers.show import official
from queries.answers.show.gathered import Gathered, gather
from queries.answers.show.parts import EvidenceRef, LogSourceRef, Ref, RelatedRef
from queries.ask import Asked, ask
from queries.params import OfObject
from queries.questions.coverage.technique import EVIDENCE, EvidenceRow, TechniqueEvidence
from queries.questions.lookup.questions import COMPONENT_LOG_SOURCES

RELATED = 10
USERS = ("Group", "Campaign", "Software")


def shown_official(graph: Asked, release: str, attack_id: str) -> official.Shown:
    """Return the object that `attack_id` names in `release`, the live one of several, with everything around it.

    Args:
        graph: the open graph.
        release: its key.
        attack_id: an ATT&CK or STIX identifier.

    Raises:
        NotFoundError: the release has no such object.
    """
    found = gather(graph, release, attack_id)
    if found.object.type == "Technique":
        return _technique(graph, found)
    if found.object.type == "DataComponent":
        return _component(graph, found)
    return _BY_TYPE.get(found.object.type, _other)(found)


def _every(found: Gathered) -> dict[str, Any]:
    """Return the fields that every type has."""
    it = found.object
    same = (
        *("attack_id", "name", "type", "release", "version", "created", "modified", "live", "revoked"),
        *("deprecated", "description", "url", "stix_id", "sha256", "file_sha256", "published_as"),
    )
    return {name: getattr(it, name) for name in same} | {
        "revoked_by": found.refs("REVOKED_BY", "out", dead=True),
        "also": found.also,
        "mentioned": found.refs("MENTIONS", "out", dead=True),
        "mentioned_by": found.refs("MENTIONS", "in"),
        "mentioned_elsewhere": found.mentioned_elsewhere,
        "annotations": found.annotations,
        "notes": found.notes,
        "releases": found.releases,
        "references": found.references,
    }


def _technique(graph: Asked, found: Gathered) -> official.Technique:
    parents = found.refs("SUBTECHNIQUE_OF", "out")
    evidence = _evidence(graph, found)
    return official.Technique(
        **_every(found),
        tactics=found.refs("ACHIEVES", "out"),
        platforms=found.object.platforms,
        parent=parents[0] if parents else None,
        children=found.refs("SUBTECHNIQUE_OF", "in"),
        strategies=found.strategies,
        analytics=found.analytics,
        data_components=found.belonging("data_components", "DataComponent"),
        log_sources=found.log_sources,
        mitigations=found.refs("MITIGATES", "in"),
        used_by=found.refs("USES", "in", *USERS),
        targets=found.refs("TARGETS", "out"),
        detections=_merged(evidence, "detection"),
        rules=_merged(evidence, "rule"),
        capabilities=_merged(evidence, "capability"),
        related=_related(graph, found),
    )


def _evidence(graph: Asked, found: Gathered) -> list[EvidenceRow]:
    if not found.object.live:
        return []  # what claims it counts for its successor
    rows = ask(graph, EVIDENCE, TechniqueEvidence(found.object.release, found.object.attack_id or ""))
    return [row for row in rows if row.counted]


def _merged(rows: Iterable[EvidenceRow], kind: str) -> tuple[EvidenceRef, ...]:
    """Return the evidence of one kind, once for each claim, with all platforms on which it is placed."""
    merged: dict[tuple[object, ...], EvidenceRef] = {}
    for row in rows:
        if row.kind != kind:
            continue
        on = (row.platform,) if row.platform else ()
        said = (row.set, row.id, row.category, row.effectiveness, row.confidence)
        known = merged.get(said)
        merged[said] = (
            replace(known, platforms=known.platforms + on)
            if known
            else EvidenceRef(
                id=row.id,
                title=row.title,
                category=row.category,
                placement=row.placement,
                platforms=on,
                status=row.status,
                confidence=row.confidence,
                effectiveness=row.effectiveness,
                as_of=row.as_of,
                set=row.set,
                via=row.via,
            )
        )
    return tuple(merged.values())


def _related(graph: Asked, found: Gathered) -> tuple[RelatedRef, ...]:
    about = OfObject(found.object.release, found.object.attack_id or "")
    if not found.object.live:
        return ()
    return _by_technique(related(graph, about, limit=RELATED))


def _by_technique(rows: Sequence[FusedRelation]) -> tuple[RelatedRef, ...]:
    lines: dict[str, RelatedRef] = {}
    for row in rows:
        known = lines.get(row.technique_id)
        methods = (*known.methods, row.method) if known else (row.method,)
        lines[row.technique_id] = RelatedRef(
            row.technique_id, row.technique, row.fused_rank, row.fused_score, methods
        )
    return tuple(lines.values())


def _analytic(found: Gathered) -> official.Analytic:
    return official.Analytic(
        **_every(found),
        platforms=found.object.platforms,
        strategies=found.strategies,
        techniques=found.belonging("techniques", "Technique"),
        tactics=found.belonging("tactics", "Tactic"),
        log_sources=found.log_sources,
        data_components=found.refs("LOOKS_FOR", "out", dead=True),
        mutable_elements=found.mutable_elements,
        mitigations=found.belonging("mitigations", "Mitigation"),
    )


def _strategy(found: Gathered) -> official.Strategy:
    return official.Strategy(
        **_every(found),
        techniques=found.refs("DETECTS", "out", dead=True),
        tactics=found.belonging("tactics", "Tactic"),
        analytics=found.analytics,
        data_components=found.belonging("data_components", "DataComponent"),
        log_sources=found.log_sources,
        mitigations=found.belonging("mitigations", "Mitigation"),
    )


def _component(graph: Asked, found: Gathered) -> official.Component:
    """Return a component with the log sources that are its own; an analytic reads those of others too."""
    own = found.object.attack_id
    declared = ask(graph, COMPONENT_LOG_SOURCES, OfObject(found.object.release, found.object.stix_id or ""))
    recorded = [LogSourceRef(row.log_source, own, row.channel, row.canonical) for row in declared]
    read = [each for each in found.log_sources if own and each.component_id == own]
    return official.Component(
        **_every(found),
        data_source=found.refs("PART_OF", "out", dead=True),
        techniques=found.refs("DETECTS", "out") or found.belonging("techniques", "Technique"),
        tactics=found.belonging("tactics", "Tactic"),
        analytics=found.analytics,
        log_sources=tuple(dict.fromkeys([*recorded, *read])),
    )


def _data_source(found: Gathered) -> official.DataSource:
    return official.DataSource(
        **_every(found),
        platforms=found.object.platforms,
        data_components=found.refs("PART_OF", "in", dead=True),
    )


def _tactic(found: Gathered) -> official.Tactic:
    return official.Tactic(
        **_every(found), shortname=found.object.shortname, techniques=found.refs("ACHIEVES", "in")
    )


def _mitigation(found: Gathered) -> official.Mitigation:
    return official.Mitigation(**_every(found), techniques=found.refs("MITIGATES", "out"))


def _user(found: Gathered) -> official.User:
    it = found.object
    return official.User(
        **_every(found),
        aliases=it.aliases,
        kind=it.kind,
        platforms=it.platforms,
        first_seen=it.first_seen,
        last_seen=it.last_seen,
        techniques=found.refs("USES", "out", "Technique"),
        software=found.refs("USES", "out", "Software"),
        used_by=found.refs("USES", "in"),
        attributed_to=found.refs("ATTRIBUTED_TO", "out"),
        campaigns=found.refs("ATTRIBUTED_TO", "in"),
    )


def _asset(found: Gathered) -> official.Asset:
    return official.Asset(
        **_every(found), platforms=found.object.platforms, techniques=found.refs("TARGETS", "in")
    )


def _other(found: Gathered) -> official.Other:
    neighbors = tuple(
        Ref(each.attack_id or each.stix_id, each.name, each.type, each.relationship)
        for each in found.neighbors
    )
    return official.Other(**_every(found), neighbors=neighbors)


_BY_TYPE: dict[str, Callable[[Gathered], official.Shown]] = {
    "Analytic": _analytic,
    "DetectionStrategy": _strategy,
    "DataSource": _data_source,
    "Tactic": _tactic,
    "Mitigation": _mitigation,
    "Group": _user,
    "Campaign": _user,
    "Software": _user,
    "Asset": _asset,
}
