"""A parsed bundle as rows: every node and relationship of one release."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.holding.rows import Batch, Nodes, Owner, Properties, Relationships
from graph.holding.succession import fields_used
from graph.schema import relationship
from loaders.formats.attack.bundle import Bundle, number
from loaders.formats.attack.edges import BundleEdges, Edges, inferred_tactics
from loaders.formats.attack.objects import AttackObject
from loaders.formats.attack.resolution import Resolution, resolve
from loaders.reading.problems import Problem
from loaders.reading.relative import base_name
from loaders.shared_nodes import log_source_node, problem_batches, record_batches
from loaders.tables.log_sources import fold
from loaders.tables.platforms import names_elsewhere, renamed
from loaders.tables.published import published_as


@dataclass(frozen=True, slots=True)
class ReleaseRows:
    """Everything that one release brings, ready to be written.

    Attributes:
        key: of the release, `enterprise-attack@18.1`.
        release: properties of the Release node, but for the load's stamp.
        batches: nodes first, then relationships.
        stored: entries of the bundle that are in them.
        problems: everything odd.
    """

    key: str
    release: Properties
    batches: tuple[Batch, ...]
    stored: int
    problems: tuple[Problem, ...]


def release_rows(bundle: Bundle, version: str) -> ReleaseRows:
    """Return the rows of `bundle` as release `version`."""
    key = f"{bundle.domain}@{version}"
    objects = (*bundle.objects, *inferred_tactics(bundle))
    references = BundleEdges(bundle, objects)
    edges = list(references.edges())
    problems = (*bundle.problems, *references.problems)
    stored = len(bundle.objects) + len(bundle.relationships) - references.unstored
    release = _release(bundle, version, key, problems, len(bundle.relationships) - references.unstored)
    resolutions = tuple(resolve(objects, bundle.relationships))
    batches = (
        *_object_nodes(key, objects, references.elsewhere),
        *record_batches(
            "Release", key, {each.sha256: each.text for each in bundle.records}, "application/json"
        ),
        *problem_batches("Release", key, bundle.path, problems),
        *_identifier_batches(key, objects, resolutions),
        *_edge_batches(key, edges),
    )
    return ReleaseRows(key, release, batches, stored, problems)


def _release(
    bundle: Bundle, version: str, key: str, problems: Sequence[Problem], relationships: int
) -> Properties:
    major, minor, sample = number(version)
    return {
        "key": key,
        "domain": bundle.domain,
        "version": version,
        "major": major,
        "minor": minor,
        "sample": sample,
        "stix_form": bundle.stix_form,
        "fingerprint": bundle.fingerprint,
        "content_root": bundle.content_root,
        "file_sha256": bundle.file_sha256,
        "source_name": base_name(bundle.path),
        "published_as": published_as(bundle.file_sha256),
        "objects": len(bundle.objects),
        "relationships": relationships,
        "problems": len(problems),
        "items": len(bundle.records),
        "fields_used": fields_used(each.body for each in bundle.objects),
        "names_elsewhere": names_elsewhere(bundle.domain, (major, minor)),
        "names_here": renamed(bundle.domain, (major, minor)),
    }


def _object_nodes(
    key: str, objects: Sequence[AttackObject], elsewhere: Mapping[str, Sequence[str]]
) -> Iterator[Batch]:
    by_label: dict[str, list[Properties]] = {}
    for each in objects:
        row: Properties = {**each.properties, "key": f"{key}/{each.stix_id}", "release": key}
        if each.stix_id in elsewhere:
            row["links_elsewhere"] = list(elsewhere[each.stix_id])
        by_label.setdefault(each.label, []).append(row)
    for label, rows in by_label.items():
        yield Nodes(label, rows, owner=Owner("CONTAINS", "Release", key))


def _identifier_batches(
    key: str, objects: Sequence[AttackObject], resolutions: Sequence[Resolution]
) -> Iterator[Batch]:
    named = [(each, each.attack_id) for each in objects if each.attack_id]
    yield Nodes("AttackId", [{"id": id_} for id_ in dict.fromkeys(id_ for _, id_ in named)], shared=True)
    yield Relationships(
        "HAS_ID", "AttackObject", "AttackId", [(f"{key}/{each.stix_id}", id_, {}) for each, id_ in named]
    )
    yield Relationships(
        "RESOLVES_TO",
        "AttackId",
        "AttackObject",
        [
            (
                each.attack_id,
                f"{key}/{each.stix_id}",
                {"release": key, "via": each.via, "hops": list(each.hops)},
            )
            for each in resolutions
        ],
    )


def _edge_batches(key: str, edges: Sequence[Edges]) -> Iterator[Batch]:
    names = {end for each in edges if each.end == "LogSource" for _, end, _ in each.rows}
    nodes = {fold(name): log_source_node(name) for name in sorted(names, reverse=True)}
    yield Nodes("LogSource", list(nodes.values()), shared=True)
    for each in edges:
        stamp: Properties = {"release": key} if "release" in relationship(each.type).properties else {}
        end_key = fold if each.end == "LogSource" else f"{key}/{{}}".format
        rows = [
            (f"{key}/{start}", end_key(end), {**properties, **stamp}) for start, end, properties in each.rows
        ]
        yield Relationships(each.type, each.start, each.end, rows)
