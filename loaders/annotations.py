"""attack-annotations/1: somebody's reading of official objects, kept apart from them."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from loaders.ownformat import (
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
from loaders.source import SourceFile

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
