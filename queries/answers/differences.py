"""Two releases side by side: what became of objects, relationships, tactics, guidance and claims."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from queries.ask import Asked, ask
from queries.params import OfRelease, TwoReleases
from queries.questions.lookup.questions import OBJECT_COUNTS
from queries.questions.releases import questions as q
from queries.questions.upgrade.questions import CLAIMS, EvidenceBetween, MovedClaim

NAMED = ("added", "removed", "revoked", "deprecated", "content")
"""Changes that are told by name: those that leave the meaning alone are only counted."""
Made = TypeVar("Made")


class Changed(Protocol):
    """A row of what was kept, lost or gained."""

    @property
    def change(self) -> str:
        """Is `kept`, `lost` or `gained`."""


@dataclass(frozen=True, slots=True)
class ObjectChange:
    """Objects of one type, by what happened to them; `bookkeeping` and `schema` leave what is said alone."""

    added: int
    removed: int
    revoked: int
    deprecated: int
    content: int
    schema: int
    bookkeeping: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class RelationshipChange:
    """Published relationships of one kind; the `redirected` and the `reworded` are among the `kept`."""

    added: int
    removed: int
    redirected: int
    kept: int
    reworded: int


@dataclass(frozen=True, slots=True)
class Pair:
    """A component that detects a technique."""

    component_id: str | None
    component: str
    technique_id: str
    technique: str


@dataclass(frozen=True, slots=True)
class LogSourcePair:
    """A log source that an analytic for a technique reads."""

    log_source: str
    technique_id: str
    technique: str


@dataclass(frozen=True, slots=True)
class AnalyticPair:
    """An analytic for a technique that reads a log source."""

    analytic_id: str | None
    technique_id: str
    technique: str


@dataclass(frozen=True, slots=True)
class MitigationPair:
    """A mitigation of a technique."""

    mitigation_id: str | None
    mitigation: str
    technique_id: str
    technique: str


@dataclass(frozen=True, slots=True)
class ChainPath:
    """A way from a technique over an analytic to a log source and a channel in it."""

    technique_id: str
    technique: str
    analytic_id: str | None
    log_source: str
    channel: str | None


@dataclass(frozen=True, slots=True)
class PathChange:
    """Pairs of component and technique: how many are kept, and which were lost and gained."""

    kept: int
    lost: tuple[Pair, ...]
    gained: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class LogSourceChange:
    """Pairs of log source and technique."""

    kept: int
    lost: tuple[LogSourcePair, ...]
    gained: tuple[LogSourcePair, ...]


@dataclass(frozen=True, slots=True)
class AnalyticChange:
    """Pairs of analytic and technique."""

    kept: int
    lost: tuple[AnalyticPair, ...]
    gained: tuple[AnalyticPair, ...]


@dataclass(frozen=True, slots=True)
class MitigationPathChange:
    """Pairs of mitigation and technique."""

    kept: int
    lost: tuple[MitigationPair, ...]
    gained: tuple[MitigationPair, ...]


@dataclass(frozen=True, slots=True)
class ChainPathChange:
    """Whole paths."""

    kept: int
    lost: tuple[ChainPath, ...]
    gained: tuple[ChainPath, ...]


AnyChange = PathChange | LogSourceChange | AnalyticChange | MitigationPathChange | ChainPathChange


@dataclass(frozen=True, slots=True)
class NamedChange:
    """An object that was added, removed, revoked, deprecated or rewritten (`content`), and the fields that differ."""

    type: str
    change: str
    attack_id: str | None
    name: str | None
    version_before: str | None
    version: str | None
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MovedTechnique:
    """A technique with other tactics or other platforms."""

    technique_id: str
    technique: str
    tactics_gained: tuple[str, ...]
    tactics_lost: tuple[str, ...]
    platforms_gained: tuple[str, ...]
    platforms_lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Diff:
    """What happened between two releases.

    Attributes:
        objects: by type.
        relationships: by kind, such as `Group USES Technique`.
        tactics: those that were added, renamed or removed.
        moved: techniques with other tactics or platforms; a tactic that was renamed is the same one.
        replaced: techniques that were revoked, with what takes their place.
        names: with `--names`, the objects that are counted in `objects`, but for those whose meaning stayed.
        paths: with `--paths`, by kind: `component_technique`, `log_source_technique`, `analytic_technique`,
            `mitigation_technique`, and `chain` (technique, analytic, log source, channel).
        evidence: with `--evidence`, claims that the newer release does not resolve directly.
        rules: with `--rules`, the evidence that states them.
    """

    before: str
    after: str
    objects: Mapping[str, ObjectChange]
    relationships: Mapping[str, RelationshipChange]
    tactics: tuple[q.TacticChange, ...] = ()
    moved: tuple[MovedTechnique, ...] = ()
    replaced: tuple[q.ReplacedTechnique, ...] = ()
    names: tuple[NamedChange, ...] | None = None
    paths: Mapping[str, AnyChange] | None = None
    evidence: tuple[q.StaleEvidence, ...] | None = None
    rules: tuple[MovedClaim, ...] | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a comparison has besides the counts."""

    names: bool = False
    paths: bool = False
    evidence: bool = False
    rules: bool = False


def compared(graph: Asked, pair: TwoReleases, wanted: Wanted) -> Diff:
    """Return what happened between two releases of one domain, the older one first.

    Raises:
        SightlineError: as `ask` raises it.
    """
    objects, names = _objects_and_names(graph, pair) if wanted.names else (_objects(graph, pair), None)
    return Diff(
        before=pair.before,
        after=pair.after,
        objects=objects,
        relationships={
            f"{row.source_type} {row.type} {row.target_type}": _same(RelationshipChange, row)
            for row in ask(graph, q.RELATIONSHIPS_DIFF, pair)
        },
        tactics=tuple(ask(graph, q.TACTICS_DIFF, pair)),
        moved=tuple(
            _same(MovedTechnique, row) for row in ask(graph, q.MOVED_TECHNIQUES, pair) if row.technique_id
        ),
        replaced=tuple(ask(graph, q.REPLACED_TECHNIQUES, pair)),
        names=names,
        paths=paths(graph, pair) if wanted.paths else None,
        evidence=tuple(ask(graph, q.STALE_EVIDENCE, pair)) if wanted.evidence else None,
        rules=tuple(ask(graph, CLAIMS, EvidenceBetween(pair.before, pair.after))) if wanted.rules else None,
    )


def _same(made: type[Made], row: object) -> Made:
    """Return an object of a dataclass with those fields that a row has under the same names."""
    names = getattr(made, "__dataclass_fields__")  # noqa: B009  no attribute of every type
    return made(**{name: getattr(row, name) for name in names})


def _objects(graph: Asked, pair: TwoReleases) -> dict[str, ObjectChange]:
    return {row.type: _same(ObjectChange, row) for row in ask(graph, q.OBJECTS_DIFF, pair)}


def _objects_and_names(
    graph: Asked, pair: TwoReleases
) -> tuple[dict[str, ObjectChange], tuple[NamedChange, ...]]:
    """Return the counts with the objects behind them: they are compared once."""
    rows = ask(graph, q.DIFFERING_OBJECTS, pair)
    in_all = {row.type: row.objects for row in ask(graph, OBJECT_COUNTS, OfRelease(pair.after))}
    changes = {type_: Counter[str]() for type_ in sorted({*in_all, *(row.type for row in rows)})}
    for row in rows:
        changes[row.type][row.change] += 1
    objects = {type_: _counted(of_type, in_all.get(type_, 0)) for type_, of_type in changes.items()}
    names = tuple(
        NamedChange(
            row.type,
            row.change,
            row.attack_id,
            row.name,
            row.version_before,
            row.version,
            tuple(sorted(set(row.fields))),
        )
        for row in rows
        if row.change in NAMED
    )
    return objects, names


def _counted(changes: Counter[str], in_all: int) -> ObjectChange:
    """Return how many objects of a type changed how, of all that the newer release has."""
    return ObjectChange(
        **{name: changes[name] for name in (*NAMED, "schema", "bookkeeping")},
        unchanged=in_all - sum(number for change, number in changes.items() if change != "removed"),
    )


def paths(graph: Asked, pair: TwoReleases) -> dict[str, AnyChange]:
    """Return the pairs of each kind, and the whole paths, that were kept, lost and gained.

    Raises:
        SightlineError: as `ask` raises it.
    """
    chain = ask(graph, q.CHAIN_DIFF, pair)
    sources = _ends(LogSourcePair, chain, lambda row: (row.log_source, row.technique_id))
    analytics = _ends(AnalyticPair, chain, lambda row: (row.analytic_id, row.technique_id))
    return {
        "component_technique": PathChange(*_changed(Pair, ask(graph, q.COMPONENT_TECHNIQUE_DIFF, pair))),
        "log_source_technique": LogSourceChange(*sources),
        "analytic_technique": AnalyticChange(*analytics),
        "mitigation_technique": MitigationPathChange(
            *_changed(MitigationPair, ask(graph, q.MITIGATION_DIFF, pair))
        ),
        "chain": ChainPathChange(*_changed(ChainPath, chain)),
    }


def _changed(made: type[Made], rows: Sequence[Changed]) -> tuple[int, tuple[Made, ...], tuple[Made, ...]]:
    """Return how many rows are kept, and the objects made of those that were lost and gained."""
    lost, gained = (
        tuple(_same(made, row) for row in rows if row.change == change) for change in ("lost", "gained")
    )
    return sum(row.change == "kept" for row in rows), lost, gained


def _ends(
    made: type[Made], chain: Iterable[q.ChainChange], key: Callable[[q.ChainChange], Hashable]
) -> tuple[int, tuple[Made, ...], tuple[Made, ...]]:
    """Return what `_changed` does, of the ends of paths: a pair is kept where both releases have a path of it."""
    first: dict[Hashable, q.ChainChange] = {}
    changes: dict[Hashable, str] = {}
    for row in chain:
        pair = key(row)
        first.setdefault(pair, row)
        if changes.setdefault(pair, row.change) != row.change:
            changes[pair] = "kept"
    pairs = sorted((pair for pair, change in changes.items() if change != "kept"), key=str)
    lost, gained = (
        tuple(_same(made, first[pair]) for pair in pairs if changes[pair] == change)
        for change in ("lost", "gained")
    )
    return len(changes) - len(pairs), lost, gained
