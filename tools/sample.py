"""Write the bundled sample: a small STIX 2.1 bundle for each of two releases, from the real ones.

Identifiers, names and relations are facts and carry over; every description is ours. Run it with the folder of
the real bundles: `python -m tools.sample ../shared/data/attack`.
"""

import gzip
import json
import sys
from pathlib import Path
from typing import Any

from tools.sample_words import TACTICS, TECHNIQUES

RELEASES = {"17.1": "2025-05-06T14:00:00.188Z", "18.1": "2025-11-13T14:00:00.188Z"}
TARGET = Path("loaders/sample")
LONGEST_CHANNEL = 40
"""Longer channels are MITRE's prose, not names."""

FAMILIAR = 3
"""A user of so many techniques of the sample belongs to it; T1528 counts that much by itself."""

Body = dict[str, Any]

KEPT = (
    *("type", "id", "created", "modified", "name", "x_mitre_version", "x_mitre_domains", "x_mitre_platforms"),
    *("x_mitre_shortname", "x_mitre_is_subtechnique", "kill_chain_phases", "x_mitre_deprecated", "revoked"),
    *("aliases", "x_mitre_aliases", "x_mitre_analytic_refs", "tactic_refs", "x_mitre_data_source_ref"),
    *("created_by_ref", "object_marking_refs", "relationship_type", "source_ref", "target_ref"),
    *(
        "x_mitre_attack_spec_version",
        "first_seen",
        "last_seen",
        "identity_class",
        "definition",
        "definition_type",
    ),
)


def main(folder: Path) -> None:
    """Write one sample bundle per release."""
    for release, published in RELEASES.items():
        with gzip.open(folder / f"enterprise-attack-{release}.json.gz") as file:
            objects: list[Body] = json.load(file)["objects"]
        chosen = [_trimmed(each) for each in _chosen(objects)]
        bundle = _bundle(release, published, chosen)
        path = TARGET / f"enterprise-attack-{release}-sample.json"
        path.write_text(json.dumps(bundle, indent=1, ensure_ascii=False) + "\n")


def attack_id(body: Body) -> str:
    """Return the attack id of an object, "" if it has none."""
    for each in body.get("external_references", ()):
        if each["source_name"] == "mitre-attack":
            return str(each.get("external_id", ""))
    return ""


def _chosen(objects: list[Body]) -> list[Body]:
    """Return the sample's techniques and what stands around them, relationships last."""
    live = {
        each["id"]: each for each in objects if not (each.get("revoked") or each.get("x_mitre_deprecated"))
    }
    techniques = {
        key
        for key, each in live.items()
        if each["type"] == "attack-pattern" and attack_id(each) in TECHNIQUES
    }
    relationships = [each for each in live.values() if each["type"] == "relationship"]
    kept = techniques | _around(techniques, relationships, live)
    kept |= {ref for each in _of(live, kept) for ref in each.get("x_mitre_analytic_refs", ())}
    kept |= {ref for each in _of(live, kept) for ref in _component_refs(each)}
    kept |= {
        each["x_mitre_data_source_ref"] for each in _of(live, kept) if each.get("x_mitre_data_source_ref")
    }
    whole = ("x-mitre-tactic", "x-mitre-matrix", "identity", "marking-definition")
    kept |= {key for key, each in live.items() if each["type"] in whole}
    kept &= live.keys()
    joining = [each for each in relationships if each["source_ref"] in kept and each["target_ref"] in kept]
    read = {
        each["name"] for body in _of(live, kept) for each in body.get("x_mitre_log_source_references", ())
    }
    for each in _of(live, kept):
        if "x_mitre_log_sources" in each:
            each["x_mitre_log_sources"] = [
                entry for entry in each["x_mitre_log_sources"] if entry["name"] in read
            ]
    return [live[key] for key in sorted(kept)] + sorted(joining, key=lambda each: str(each["id"]))


def _around(techniques: set[str], relationships: list[Body], live: dict[str, Body]) -> set[str]:
    """Return what detects or mitigates a technique of the sample, and who uses several of them or T1528."""
    counts: dict[str, int] = {}
    near = set()
    for each in relationships:
        if each["target_ref"] in techniques and each["source_ref"] in live:
            if each["relationship_type"] in ("detects", "mitigates"):
                near.add(each["source_ref"])
            elif each["relationship_type"] == "uses":
                weight = FAMILIAR if attack_id(live[each["target_ref"]]) == "T1528" else 1
                counts[each["source_ref"]] = counts.get(each["source_ref"], 0) + weight
    return near | {key for key, count in counts.items() if count >= FAMILIAR}


def _of(live: dict[str, Body], keys: set[str]) -> list[Body]:
    return [live[key] for key in keys if key in live]


def _component_refs(body: Body) -> list[str]:
    return [each["x_mitre_data_component_ref"] for each in body.get("x_mitre_log_source_references", ())]


def _trimmed(body: Body) -> Body:
    """Return the facts of an object with a description of ours."""
    kept = {name: body[name] for name in KEPT if name in body} | {"spec_version": "2.1"}
    references = [
        each for each in body.get("external_references", ()) if each["source_name"] == "mitre-attack"
    ]
    if references and body["type"] != "relationship":
        kept["external_references"] = references
    if body["type"] not in ("relationship", "marking-definition", "identity"):
        kept["description"] = _description(body)
    for name in ("x_mitre_log_source_references", "x_mitre_log_sources"):
        if name in body:
            kept[name] = [_log_source(each) for each in body[name]]
    if "x_mitre_mutable_elements" in body:
        kept["x_mitre_mutable_elements"] = [
            {"field": each["field"], "description": ""} for each in body["x_mitre_mutable_elements"]
        ]
    if body["type"] == "malware":
        kept["is_family"] = True
    return dict(sorted(kept.items()))


def _log_source(entry: Body) -> Body:
    channel = entry.get("channel") or ""
    return {**entry, "channel": channel if len(channel) <= LONGEST_CHANNEL else "see the official release"}


def _description(body: Body) -> str:
    identifier = attack_id(body)
    fixed = TECHNIQUES.get(identifier) or TACTICS.get(identifier)
    if fixed:
        return fixed
    kinds = {
        "x-mitre-analytic": "Guidance for {platform}; the official release says what to look for.",
        "x-mitre-detection-strategy": "Groups the analytics for one technique.",
        "x-mitre-data-component": "What a defender can observe: {name}.",
        "x-mitre-data-source": "Telemetry about {name}.",
        "course-of-action": "A control: {name}.",
        "intrusion-set": "An activity group that uses techniques of this sample.",
        "campaign": "A campaign in which techniques of this sample were used.",
        "malware": "Malware that uses techniques of this sample.",
        "tool": "A tool that is used for techniques of this sample.",
        "x-mitre-matrix": "The columns of the enterprise matrix.",
    }
    platform = ", ".join(body.get("x_mitre_platforms", ()))
    return kinds[body["type"]].format(platform=platform, name=body["name"])


def _bundle(release: str, published: str, objects: list[Body]) -> Body:
    collection = {
        "type": "x-mitre-collection",
        "id": "x-mitre-collection--5e1a6b3c-7d42-4f0e-9c58-2b9d4a1f7e60",
        "spec_version": "2.1",
        "name": "Enterprise ATT&CK",
        "description": f"A sample of enterprise ATT&CK {release}, cut by Sightline; not the official release.",
        "x_mitre_version": f"{release}-sample",
        "created": "2018-01-17T12:56:55.080Z",
        "modified": published,
        "created_by_ref": "identity--c78cb6e5-0c4b-4611-8297-d1b8b55e40b5",
        "x_mitre_contents": [
            {"object_ref": each["id"], "object_modified": each.get("modified", each["created"])}
            for each in objects
        ],
    }
    identifier = f"bundle--00000000-0000-4000-8000-0000000000{release.replace('.', '')[:2]}"
    return {"type": "bundle", "id": identifier, "objects": [collection, *objects]}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
