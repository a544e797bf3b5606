"""What the graph knows of the ways to a technique: paths that are looked for in the records afterwards."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.errors import NotFoundError
from proofs.paths import Sketch, Sketches, Stop, Way
from proofs.rules import ALIAS_RULES, EVIDENCE, IN_SOURCE, LOG_SOURCE_RULES
from proofs.tables import Tables, TableSource, tables, tables_of
from queries.ask import Asked, ask
from queries.questions.trace import questions as q

CLAIM_RULES: Mapping[str, tuple[str, ...]] = {
    "Rule": (
        "tag-claims-technique",
        "threat-claims-technique",
        "mitre-id-claims-technique",
        "relevant-technique-is-claimed",
    ),
    "Capability": ("row-claims-technique", "score-claims-technique"),
    "Detection": ("finding-claims-technique",),
}
"""Label of a piece of evidence -> the rules by which it may claim a technique."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be traced.

    Attributes:
        release: key of the release.
        start: an ATT&CK or STIX id, or the publisher's id or key of a piece of evidence.
        to: a piece of evidence: only the paths from it.
        environment: only what this environment enables.
        platform: only what is for this platform, in whatever case.
        all_sets: take sets that a newer version replaced, too.
    """

    release: str
    start: str
    to: str | None = None
    environment: str | None = None
    platform: str | None = None
    all_sets: bool = False

    def is_for(self, platforms: Iterable[str]) -> bool:
        """Tell whether something for `platforms` is wanted."""
        return self.platform is None or self.platform.casefold() in map(str.casefold, platforms)


def sketched(graph: Asked, wish: Wish) -> Sketches:
    """Return the paths that the graph has for a wish.

    From a tactic or technique: those of all evidence and guidance. From a strategy, analytic or component: those of
    that guidance. From a piece of evidence, or with `to`: those of that evidence.

    Raises:
        NotFoundError: nothing is called `start` or `to`.
    """
    found = ask(graph, q.TECHNIQUES, q.OfThing(wish.release, wish.start))
    if not found:
        raise NotFoundError(
            "not the id of a loaded object or piece of evidence",
            where=wish.start,
            todo="find it with `sightline search TEXT`",
        )
    start = found[0]
    ids = tuple(row.technique_id for row in found if row.technique_id is not None and row.key == start.key)
    tactics = _tactics(graph, wish, ids, start)
    evidence = start.key if start.type in EVIDENCE else _evidence(graph, wish)
    paths: list[Sketch] = []
    known = Tables(tables())
    if start.type in (*EVIDENCE, "Technique", "Tactic") or evidence:
        claims = _claims(graph, wish, ids, evidence)
        known = tables_of(graph, {claim.set for claim in claims})
        paths += _of_evidence(graph, wish, claims, tactics, known)
    if evidence is None:
        paths += _of_guidance(graph, wish, ids, tactics, start)
    return Sketches(wish.release, tuple(paths), known.every())


def _evidence(graph: Asked, wish: Wish) -> str | None:
    """Return the key of the piece of evidence that the paths are to begin with, if one is named."""
    if wish.to is None:
        return None
    for row in ask(graph, q.TECHNIQUES, q.OfThing(wish.release, wish.to)):
        if row.type in EVIDENCE:
            return row.key
    raise NotFoundError(
        "not the id of a loaded piece of evidence",
        where=wish.to,
        todo="`sightline coverage ID --evidence` lists them",
    )


_Tactics = Mapping[str, Sequence[q.TracedTactic]]


def _tactics(graph: Asked, wish: Wish, ids: tuple[str, ...], start: q.TracedStart) -> _Tactics:
    """Return the tactics of each technique; only the one that was asked about, where it is a tactic."""
    found: dict[str, list[q.TracedTactic]] = {}
    for row in ask(graph, q.TACTICS, q.OfTechniques(wish.release, ids)):
        if start.type != "Tactic" or row.tactic_id == start.key:
            found.setdefault(row.technique_id, []).append(row)
    return found


# Evidence --------------------------------------------------------------------------------------------------


def _claims(graph: Asked, wish: Wish, ids: tuple[str, ...], evidence: str | None) -> list[q.TracedClaim]:
    params = q.ClaimsOn(wish.release, ids, evidence, wish.environment, wish.all_sets)
    return [
        row
        for row in ask(graph, q.CLAIMS, params)
        if wish.is_for(set(row.platforms) & set(row.technique_platforms))
    ]


def _of_evidence(
    graph: Asked, wish: Wish, claims: Sequence[q.TracedClaim], tactics: _Tactics, known: Tables
) -> Iterator[Sketch]:
    """Yield, for each claim, its paths to the tactics; then, for each rule, those to its log sources."""
    for claim in claims:
        yield from _of_claim(claim, tactics[claim.technique_id])
    rules = {claim.evidence: claim for claim in claims if claim.kind == "Rule"}
    read = ask(graph, q.TELEMETRY, q.ReadersHere(tuple(rules), wish.environment))
    for row in read:
        yield _rule_reads(rules[row.reader], row, known)


def _of_claim(claim: q.TracedClaim, tactics: Iterable[q.TracedTactic]) -> Iterator[Sketch]:
    """Yield the path of a claim to each tactic; to the technique alone where no record states a tactic."""
    stops, ways = _held(claim)
    place = claim.origin_pointer
    ways.append(
        Way(
            CLAIM_RULES[claim.kind],
            at=place,
            file=claim.origin_file,
            place=place,
            category=claim.category,
            counted=claim.counted,
            not_counted=claim.not_counted,
        )
    )
    for attack_id, sha256 in zip(claim.ids, claim.records, strict=True):
        stops.append(Stop("Technique", f"{claim.release}/{attack_id}", attack_id, sha256=sha256))
    ways += [Way(("revoked-by",), sha256=sha256) for sha256 in claim.by]
    yield from _to_tactics(stops, ways, tactics, claim.release)


def _held(claim: q.TracedClaim) -> tuple[list[Stop], list[Way]]:
    """Return the way from the set to the evidence; a rule counts whole or not at all, other evidence by claim."""
    evidence = Stop(claim.kind, claim.evidence, claim.title, claim.id, claim.origin_sha256)
    counted = (claim.counted, claim.not_counted) if claim.kind == "Rule" else (None, None)
    held = Way((IN_SOURCE,), file=claim.origin_file, counted=counted[0], not_counted=counted[1])
    return [Stop("EvidenceSet", claim.set), evidence], [held]


def _to_tactics(
    stops: Sequence[Stop], ways: Sequence[Way], tactics: Iterable[q.TracedTactic], release: str
) -> Iterator[Sketch]:
    for tactic in tactics:
        if tactic.tactic_sha256 is None:
            yield Sketch(tuple(stops), tuple(ways))
            continue
        key = f"{release}/{tactic.tactic_id}"
        end = Stop("Tactic", key, tactic.tactic, sha256=tactic.tactic_sha256)
        yield Sketch((*stops, end), (*ways, Way(("tactic-of-phase",))))


def _rule_reads(claim: q.TracedClaim, row: q.TracedTelemetry, known: Tables) -> Sketch:
    """Return the path from a rule to a log source, by the row of a table that translates it, if there is one."""
    stops, ways = _held(claim)
    end = Stop("LogSource", row.log_source_key, row.log_source)
    translated = None if row.log_source == row.stated else _translated(row, known.of(claim.set))
    return Sketch((*stops, end), (*ways, translated or Way(LOG_SOURCE_RULES, status=row.status)))


def _translated(row: q.TracedTelemetry, known: Iterable[TableSource]) -> Way | None:
    """Return the step by the row of the first table that translates what a rule reads; None where none does."""
    for table in known:
        sha256 = table.translations.get((row.stated or "", row.log_source.strip()))
        if sha256 is not None:
            return Way(
                tuple(ALIAS_RULES),
                sha256=sha256,
                file=table.source.source_name,
                place=f"line {table.lines[sha256]}",
                confidence=row.confidence,
                status=row.status,
            )
    return None


# Guidance --------------------------------------------------------------------------------------------------


def _of_guidance(
    graph: Asked, wish: Wish, ids: tuple[str, ...], tactics: _Tactics, start: q.TracedStart
) -> Iterator[Sketch]:
    """Yield the paths of each analytic or component to the tactics, then those of each analytic to what it reads."""
    rows = [
        row
        for row in ask(graph, q.GUIDANCE, q.OfTechniques(wish.release, ids))
        if row.type == "DataComponent" or wish.is_for(row.platforms)
    ]
    analytics = {f"{wish.release}/{row.stix_id}": row for row in rows if row.type == "Analytic"}
    read = ask(graph, q.TELEMETRY, q.ReadersHere(tuple(analytics), wish.environment))
    wanted = {key for key, row in analytics.items() if _is_asked(start, row, read)}
    for row in rows:
        if row.type == "DataComponent" or f"{wish.release}/{row.stix_id}" in wanted:
            yield from _to_tactics(*_detecting(wish.release, row), tactics[row.technique_id], wish.release)
    yield from _reads(analytics, [row for row in read if row.reader in wanted])


def _is_asked(start: q.TracedStart, row: q.TracedGuidance, read: Iterable[q.TracedTelemetry]) -> bool:
    """Tell whether the paths of an analytic are asked for, by what the question begins with."""
    if start.type == "Analytic":
        return row.start_id == start.key
    if start.type == "DetectionStrategy":
        return row.strategy_id == start.key
    if start.type == "DataComponent":
        key = f"{row.release}/{row.stix_id}"
        return any(each.reader == key and each.component_id == start.key for each in read)
    return True


def _detecting(release: str, row: q.TracedGuidance) -> tuple[list[Stop], list[Way]]:
    """Return the way from an analytic, by its strategy, or from a component to the technique."""
    technique = Stop(
        "Technique", f"{release}/{row.technique_id}", row.technique_id, sha256=row.technique_sha256
    )
    first = Stop(row.type, f"{release}/{row.start_id or row.stix_id}", row.start_id, sha256=row.start_sha256)
    if row.strategy_sha256 is None:
        return [first, technique], [Way(("component-detects",), sha256=row.by)]
    strategy = Stop(
        "DetectionStrategy", f"{release}/{row.strategy_id}", row.strategy_id, sha256=row.strategy_sha256
    )
    detects = Way(("strategy-detects",), sha256=row.by)
    return [first, strategy, technique], [Way(("analytic-in-strategy",)), detects]


def _reads(analytics: Mapping[str, q.TracedGuidance], read: Iterable[q.TracedTelemetry]) -> Iterator[Sketch]:
    """Yield the paths from analytics to log sources and to components."""
    for row in read:
        analytic = analytics[row.reader]
        first = Stop(
            "Analytic",
            f"{analytic.release}/{analytic.start_id}",
            analytic.start_id,
            sha256=analytic.start_sha256,
        )
        source = Stop("LogSource", row.log_source_key, row.log_source)
        yield Sketch(
            (first, source), (Way(("log-source-of-analytic",), channel=row.channel, status=row.status),)
        )
        if row.component is not None and row.component_sha256 is not None:
            component = Stop("DataComponent", row.component, row.component_id, sha256=row.component_sha256)
            yield Sketch((first, component), (Way(("component-of-analytic",)),))
