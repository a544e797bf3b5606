"""attack-annotations/1: somebody's reading of official objects, kept apart from them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pydantic import Discriminator, Field, Tag

from graph.holding.annotations import ANNOTATIONS as KIND
from graph.holding.kind import Whole
from graph.holding.lookup import (
    NamedObject,
    Reads,
    annotation_sets,
    known_log_sources,
    loaded_releases,
    meanings,
    objects_named,
)
from graph.holding.rows import Batch, Nodes, Owner, Properties, Relationships
from graph.identifiers import label_of
from graph.record import merkle_root
from loaders.evidence.naming import name_of_file
from loaders.formats import SET, Naming, Option, Source, Takes
from loaders.loadable import Loadable
from loaders.reading.checked import (
    AttackDomain,
    AttackVersion,
    Checked,
    Day,
    Flaw,
    Part,
    Text,
    Url,
    read_checked,
    repeated,
    written,
)
from loaders.reading.one_file import SourceFile
from loaders.reading.problems import Problem
from loaders.reading.relative import base_name
from loaders.shared_nodes import log_source_node, record_batches
from loaders.tables.log_sources import fold, packed_names

_LETTERS_THEN_FOUR = r"T[0-9]{4}(\.[0-9]{3})?|(TA|M|G|S|C|DS|DC|DET|AN|A)[0-9]{4}"
_STIX_ID = r"[a-z0-9-]+--[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"

AttackObjectId = Annotated[str, written(_LETTERS_THEN_FOUR, "write an ATT&CK id such as AN0496 or T1528")]
CitedId = Annotated[
    str, written(r"(DC|M|T|DET|AN)[0-9]{4}(\.[0-9]{3})?", "cite a DC, M, T, DET or AN id, such as DC0002")
]
StixId = Annotated[str, written(_STIX_ID, "write a STIX id: type--uuid, in lower case")]
ObjectVersion = Annotated[str, written(r"[0-9]+\.[0-9]+", 'write a version as "1.0"')]
Sha256 = Annotated[str, written(r"[0-9a-f]{64}", "write 64 lower-case hex digits")]
AnnotationId = Annotated[
    str, written(r"[A-Za-z0-9][A-Za-z0-9._-]*", "use letters, digits, dots, hyphens and underscores")
]


class StatedObject(Part):
    """The official object that an annotation reads."""

    attack_id: AttackObjectId
    stix_id: StixId | None = None
    object_version: ObjectVersion | None = None
    content_sha256: Sha256 | None = None


class Priority(Part):
    """What it means for those who decide."""

    level: Literal["low", "medium", "high", "critical"] | None = None
    text: Text


class CitingItem(Part):
    """An entry of a list that points to official objects or a log source."""

    text: Text
    refs: tuple[CitedId, ...] = ()
    log_source: str | None = None


def _kind_of_item(value: object) -> str:
    return "text" if isinstance(value, str) else "item"


def _kind_of_expectation(value: object) -> str:
    return "list" if isinstance(value, list | tuple) else "number"


Item = Annotated[
    Annotated[Text, Tag("text")] | Annotated[CitingItem, Tag("item")], Discriminator(_kind_of_item)
]
Items = Annotated[tuple[Item, ...], Field(min_length=1)]
Expectation = Annotated[
    Annotated[Annotated[int, Field(ge=0)], Tag("number")] | Annotated[tuple[str, ...], Tag("list")],
    Discriminator(_kind_of_expectation),
]


class StatedClaim(Part):
    """What an annotation says of the graph: a number, or the names, around its object."""

    field: Literal[
        "tactics",
        "techniques",
        "relationships",
        "log_sources",
        "data_components",
        "mitigations",
        "groups",
        "software",
        "campaigns",
    ]
    expect: Expectation


class StatedAnnotation(Part):
    """One reading of one object."""

    id: AnnotationId
    object: StatedObject
    author: Text
    created: Day
    reviewed: Day | None = None
    status: Literal["draft", "reviewed", "retired"] | None = None
    confidence: Literal["low", "medium", "high"]
    summary: str | None = None
    executive_priority: Priority | None = None
    technical_view: str | None = None
    likely_telemetry: Items | None = None
    detection_direction: Items | None = None
    mitigation_priorities: Items | None = None
    limits: Text
    claims: tuple[StatedClaim, ...] = ()
    references: tuple[Url, ...] = ()
    supersedes: str | None = None


class AnnotationsFile(Part):
    """A file of attack-annotations/1."""

    format: Literal["attack-annotations/1"]
    attack_domain: AttackDomain
    attack_version: AttackVersion
    annotations: Annotated[tuple[StatedAnnotation, ...], Field(min_length=1)]


def read_annotations(source: SourceFile) -> Checked[AnnotationsFile]:
    """Read a file of attack-annotations/1; what only the graph knows is not checked yet.

    Raises:
        InputRejectedError: it is not well-formed, or gives one id to two annotations.
    """
    checked = read_checked(source, AnnotationsFile)
    checked.refuse(_flaws(checked.value))
    return checked


def _flaws(stated: AnnotationsFile) -> Iterator[Flaw]:
    ids = ((f"/annotations/{n}/id", each.id) for n, each in enumerate(stated.annotations))
    yield from repeated(ids, "this id")
    for number, each in enumerate(stated.annotations):
        if each.reviewed is not None and each.reviewed < each.created:
            message = f"reviewed on {each.reviewed}, before it was created on {each.created}; correct one"
            yield Flaw(f"/annotations/{number}/reviewed", "reviewed-before-created", message)


# Into the graph -------------------------------------------------------------------------------------------


class Annotations:
    """Files of attack-annotations/1: the annotations of a file come and go together, under the name of the file."""

    takes: ClassVar[Takes] = Takes.FILES
    options: ClassVar[tuple[Option, ...]] = (SET,)
    help: ClassVar[str] = (
        "The annotations of a file are loaded and removed together, under the name of the file unless --set is given."
    )

    def read(self, source: Source, naming: Naming) -> Iterator[Loadable]:
        """Yield the annotations of a file.

        Its rows are refused where its release is not loaded; where an object does not exist there, is dead, or is not
        the one that the file describes; and where an id is that of an annotation of another file.

        Raises:
            InputRejectedError: the file is not taken (see `read_annotations`).
        """
        checked = read_annotations(source.file())
        key = naming.name or name_of_file(checked.path)
        count = len(checked.value.annotations)
        yield Loadable(
            kind=KIND,
            key=key,
            source=checked.path,
            whole=lambda graph: _whole(_placed(graph, checked, key)),
            items=count,
            stored=count,
            notes=lambda graph, whole: _notes(graph, checked, str(whole.properties["release"])),
        )


ANNOTATIONS = Annotations()


@dataclass(frozen=True, slots=True)
class _Placed:
    """A checked file with the set that it is loaded as, the release that it was written for, and its objects."""

    checked: Checked[AnnotationsFile]
    set: str
    release: str
    objects: tuple[NamedObject, ...]


def _whole(placed: _Placed) -> Whole:
    checked, stated = placed.checked, placed.checked.value
    properties: Properties = {
        "key": placed.set,
        "content_root": merkle_root([checked.record.data]),
        "file_sha256": checked.file_sha256,
        "source_name": base_name(checked.path),
        "domain": stated.attack_domain,
        "attack_version": stated.attack_version,
        "release": placed.release,
        "stored": len(stated.annotations),
        "claims": sum(len(each.claims) for each in stated.annotations),
    }
    return Whole(KIND, KIND.label, properties, tuple(_rows(placed)), checked.path)


# What only the graph knows --------------------------------------------------------------------------------


def _placed(graph: Reads, checked: Checked[AnnotationsFile], set_key: str) -> _Placed:
    """Find the objects that the annotations are about, and refuse the file if they are not as it says."""
    release = _release(graph, checked)
    checked.refuse(_taken_ids(graph, checked, set_key))
    objects: list[NamedObject] = []
    for number, each in enumerate(checked.value.annotations):
        found = [
            candidate
            for candidate in objects_named(graph, release, each.object.attack_id)
            if label_of(each.object.attack_id) in candidate.labels
        ]
        checked.refuse(_object_flaws(f"/annotations/{number}/object", each.object, found, release))
        objects.append(found[0])
    return _Placed(checked, set_key, release, tuple(objects))


def _taken_ids(graph: Reads, checked: Checked[AnnotationsFile], set_key: str) -> Iterator[Flaw]:
    stated = checked.value.annotations
    loaded = annotation_sets(graph, [each.id for each in stated])
    for number, each in enumerate(stated):
        if loaded.get(each.id, set_key) != set_key:
            message = f"{each.id} is loaded from {loaded[each.id]}; choose another id"
            yield Flaw(f"/annotations/{number}/id", "duplicate", message)


def _release(graph: Reads, checked: Checked[AnnotationsFile]) -> str:
    """Return the release that the file was written for: the real one, else the bundled sample of it."""
    stated = f"{checked.value.attack_domain}@{checked.value.attack_version}"
    loaded = {each.key for each in loaded_releases(graph)}
    for key in (stated, f"{stated}-sample"):
        if key in loaded:
            return key
    message = f"{stated} is not loaded, so its objects cannot be checked; load it, or state a loaded release"
    checked.refuse([Flaw("/attack_version", "release-not-loaded", message)])
    raise AssertionError("refused above")


def _object_flaws(
    place: str, stated: StatedObject, found: Sequence[NamedObject], release: str
) -> Iterator[Flaw]:
    if not found:
        yield Flaw(
            f"{place}/attack_id", "no-such-object", f"{release} has no {stated.attack_id}; correct the id"
        )
        return
    actual = found[0]
    if not actual.live:
        message = f"{stated.attack_id} is revoked or deprecated in {release}; write about its successor"
        yield Flaw(f"{place}/attack_id", "dead-object", message)
    for key, said, there in (
        ("stix_id", stated.stix_id, actual.stix_id),
        ("object_version", stated.object_version, actual.version),
        ("content_sha256", stated.content_sha256, actual.sha256),
    ):
        if said is not None and said != there:
            message = f"{stated.attack_id} has {there} in {release}, not {said}; correct one of the two"
            yield Flaw(f"{place}/{key}", "object-mismatch", message)


def _notes(graph: Reads, checked: Checked[AnnotationsFile], release: str) -> list[Problem]:
    """Note cited identifiers that the release does not have, and unknown log sources."""
    cited = list(_citations(checked.value))
    found = meanings(graph, release, {id_ for _, _, _, id_, _ in cited if id_})
    known = known_log_sources(graph, [fold(name) for *_, name in cited if name])
    flaws: list[Flaw] = []
    for _, _, place, id_, name in cited:
        if id_ and not found[id_].via:
            message = f"{id_} is not an active object of {release}; the citation is kept"
            flaws.append(Flaw(place, "unresolved-id", message))
        if name and fold(name) not in known and not packed_names().knows(name):
            message = f"unknown log source {name!r}; the citation is kept"
            flaws.append(Flaw(place, "unknown-log-source", message))
    return [checked.problem(each) for each in flaws]


# Rows -----------------------------------------------------------------------------------------------------

_SECTIONS = ("likely_telemetry", "detection_direction", "mitigation_priorities")


def _citations(stated: AnnotationsFile) -> Iterator[tuple[str, str, str, str | None, str | None]]:
    """Yield (annotation, section, place, identifier, log source); one of the last two is None."""
    for number, each in enumerate(stated.annotations):
        for section in _SECTIONS:
            for n, item in enumerate(getattr(each, section) or ()):
                if isinstance(item, str):
                    continue
                place = f"/annotations/{number}/{section}/{n}"
                for m, ref in enumerate(item.refs):
                    yield each.id, section, f"{place}/refs/{m}", ref, None
                if item.log_source is not None:
                    yield each.id, section, f"{place}/log_source", None, item.log_source


def _rows(placed: _Placed) -> Iterator[Batch]:
    stated, record = placed.checked.value, placed.checked.record
    nodes = [_node(placed, *each) for each in zip(stated.annotations, placed.objects, strict=True)]
    yield Nodes("Annotation", nodes, owner=Owner("CONTAINS", KIND.label, placed.set))
    yield from record_batches(KIND.label, placed.set, {record.sha256: record.data.decode()}, record.media)
    cited = list(_citations(stated))
    about: list[tuple[str, str, Properties]] = [
        (each.id, each.object.attack_id, {}) for each in stated.annotations
    ]
    refs: list[tuple[str, str, Properties]] = [
        (key, id_, {"section": part}) for key, part, _, id_, _ in cited if id_
    ]
    names = [(key, name, part) for key, part, _, _, name in cited if name]
    yield Nodes(
        "AttackId", [{"id": id_} for id_ in dict.fromkeys(end for _, end, _ in (*about, *refs))], shared=True
    )
    yield Nodes("LogSource", [log_source_node(name) for _, name, _ in names], shared=True)
    yield Relationships("ABOUT", "Annotation", "AttackId", about)
    yield Relationships("CITES", "Annotation", "AttackId", refs)
    sources: list[tuple[str, str, Properties]] = [
        (key, fold(name), {"section": part}) for key, name, part in names
    ]
    yield Relationships("CITES", "Annotation", "LogSource", sources)


def _node(placed: _Placed, each: StatedAnnotation, found: NamedObject) -> Properties:
    priority = each.executive_priority
    return {
        "key": each.id,
        "author": each.author,
        "created": each.created,
        "reviewed": each.reviewed,
        "status": each.status,
        "confidence": each.confidence,
        "summary": each.summary,
        "executive_level": priority.level if priority else None,
        "executive_text": priority.text if priority else None,
        "technical_view": each.technical_view,
        **{section: _texts(getattr(each, section)) for section in _SECTIONS},
        "limits": each.limits,
        "references": list(each.references) or None,
        "supersedes": each.supersedes,
        "release": placed.release,
        "attack_id": each.object.attack_id,
        "stix_id": found.stix_id,
        "claims": [claim.model_dump_json() for claim in each.claims] or None,
        "sha256": placed.checked.record.sha256,
        "set": placed.set,
    }


def _texts(items: Sequence[str | CitingItem] | None) -> list[str] | None:
    return [item if isinstance(item, str) else item.text for item in items] if items else None
