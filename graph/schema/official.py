"""Official: what a source published, per release, unchanged."""

from graph.schema.declared import Layer, Node
from graph.schema.provenance import PROVENANCE

_SHOWN = {
    "shown_release": "derived, for captions: while several releases are loaded, `18.1`, or `mobile 18.1` where they are of several domains; absent otherwise",
}
_WITH_RELEASE = " {shown_release}"
"""The Browser writes nothing for a property that a node lacks."""

ATTACK_OBJECT = Node(
    "AttackObject",
    Layer.OFFICIAL,
    "An object of one ATT&CK release, as published. Every official node but Release has this second label.",
    base="AttackObject",
    properties={
        "key": "`<release>/<stix_id>`, unique",
        "release": "key of its release",
        "stix_id": "identifier of the object in every release; absent on a tactic that is known from kill chain phases only",
        "attack_id": "T1528, TA0006, ...; absent where the source gives none (data components up to 17)",
        "name": "as published",
        "description": "as published",
        "url": "its page on attack.mitre.org",
        "created": "timestamp text as published",
        "modified": "timestamp text as published; no change detector, compare `sha256`",
        "version": "version of the object, not of the release",
        "revoked": "true or false; absent in the source means false",
        "deprecated": "true or false; absent in the source means false",
        "live": "neither revoked nor deprecated",
        "sha256": "of the record's RFC 8785 form",
        "field_digests": "list: `field=` and the first 12 hex digits of the SHA-256 of its value's RFC 8785 form; without `spec_version` and the like, and with `revoked` and `x_mitre_deprecated` where they are absent",
        "links_elsewhere": "list: `<label>/<ATT&CK id>`, such as `Technique/T1660`, for each link of its description to an object that the release does not have, such as one of another domain",
        "domains": "list, as published",
        "contributors": "list, as published",
        **_SHOWN,
    },
    indexed=("attack_id", "stix_id", "release"),
    color="#A5ABB6",
    caption="{name}" + _WITH_RELEASE,
)

_PLATFORMS = {
    "platforms": "list, each trimmed; absent where ATT&CK states none (no list, an empty one, or the word `None`)"
}
_ALIASES = {"aliases": "list, as published"}


def _official(label: str, doc: str, color: str, *, caption: str = "{attack_id}", **properties: str) -> Node:
    return Node(
        label,
        Layer.OFFICIAL,
        doc,
        base="AttackObject",
        properties=properties,
        indexed=("attack_id", "release", *sorted({"shortname"} & properties.keys())),
        color=color,
        caption=caption + _WITH_RELEASE,
    )


OFFICIAL_NODES: tuple[Node, ...] = (
    ATTACK_OBJECT,
    _official("Matrix", "A matrix: the ordered columns of a domain.", "#57606F", caption="{name}"),
    _official(
        "Tactic", "Why an adversary acts.", "#8E44AD", caption="{name}", shortname="such as `credential-access`",
        inferred="true where releases 1 and 2 name it in kill chain phases only",
        tactic_type="list, mobile only",
    ),
    _official(
        "Technique", "How an adversary acts; a sub-technique is a Technique too.", "#C0392B",
        caption="{attack_id} {name}",
        is_subtechnique="true or false", detection="the text on detection that releases up to 17 carry",
        impact_type="list", **_PLATFORMS,
    ),
    _official("DetectionStrategy", "A way to detect one technique, made of analytics; from 18 on.", "#16A085"),
    _official(
        "Analytic", "Detection guidance for one platform; from 18 on.", "#1ABC9C",
        mutable_elements="list: names of what a defender tunes",
        mutable_element_notes="list: what each of them means, in the same order", **_PLATFORMS,
    ),
    _official("DataSource", "A kind of telemetry; up to 17.", "#2C6E8F", caption="{name}", collection_layers="list", **_PLATFORMS),
    _official("DataComponent", "What a data source makes observable.", "#2980B9", caption="{name}"),
    _official("Mitigation", "A control.", "#27AE60", caption="{attack_id} {name}"),
    _official("Group", "An activity group.", "#2C3E50", caption="{name}", **_ALIASES),
    _official(
        "Software", "Malware or a tool.", "#7F5539", caption="{name}", kind="`malware` or `tool`",
        **_ALIASES, **_PLATFORMS,
    ),
    _official(
        "Campaign", "Intrusions over a stretch of time.", "#6D214F", caption="{name}",
        first_seen="timestamp text", last_seen="timestamp text", **_ALIASES,
    ),
    _official(
        "Asset", "A device or system of an industrial plant.", "#D35400", caption="{name}",
        sectors="list", related_assets="list of names", **_PLATFORMS,
    ),
    _official("Identity", "Who published.", "#95A5A6", caption="{name}"),
    _official("Marking", "Terms of use.", "#95A5A6", caption="Marking"),
    _official("Collection", "The object by which a STIX 2.1 bundle states its release.", "#95A5A6", caption="{name}"),
    _official("Note", "A note on objects, as ATT&CK Workbench exports them: its abstract is the name, its content the "
              "description.", "#BDC3C7", caption="{name}"),
    _official("Other", "An object of a type that this version does not know.", "#95A5A6", caption="{name}",
              stix_type="the type"),
    Node(
        "Release", Layer.OFFICIAL, "One loaded release of one domain.", base="Release",
        properties={
            "key": "`enterprise-attack@18.1`; a bundled sample ends in `-sample`",
            "domain": "`enterprise-attack`, `mobile-attack`, `ics-attack` or `pre-attack`",
            "version": "`18.1`", "major": "number before the dot", "minor": "number after the dot",
            "sample": "true for the bundled sample", "stix_form": "`2.0` or `2.1`",
            "fingerprint": "first 16 hex digits of the SHA-256 over its sorted `id|modified` lines",
            "content_root": "Merkle tree hash (RFC 6962) over its distinct records",
            "file_sha256": "of the file that carried it, unpacked where it is gzip", "source_name": "that file's name",
            "published_as": "what MITRE published as that file, byte for byte; absent for other files",
            **PROVENANCE,
            "objects": "objects that are nodes", "relationships": "objects that are relationships",
            "problems": "notes and rejected items", "items": "objects in the file",
            "fields_used": "list: `type.field` for each field that any object fills",
            "names_elsewhere": "list: names of platforms that only other releases of the domain have, by our table",
            "names_here": "list: what each of them is called in this release; empty text where that is several or none",
            "tables_root": "Merkle tree hash (RFC 6962) over the user's own tables that it was loaded with; else absent",
            "alias_files": "list: the names of these files",
            "alias_hashes": "list: the SHA-256 of each, in the same order",
            "loaded_at": "UTC timestamp text", "loader_version": "version of Sightline that loaded it", "load_id": "id of the load",
            **_SHOWN,
        },
        color="#F39C12", caption="{domain} {version}",
    ),
)  # fmt: skip
