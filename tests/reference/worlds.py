"""Random worlds: small releases, evidence of several formats, in the order in which they are loaded and removed."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from tests.bundles import Body, bundle, matrix, stix_id, thing, tie
from tests.reference.environment import BEST_FIRST, Environment
from tests.reference.evidence import findings, mapping, sigma
from tests.reference.library import Library
from tests.reference.official import Release

IDS = ("T0001", "T0001.001", "T0002", "T0003", "T0004", "T0005")
UNKNOWN = "T0999"
VERSIONS = ("15.1", "16.1", "17.1", "18.1", "19.1")
PLATFORMS = {
    "15.1": ("Windows", "Linux", "Azure AD", "Office 365", "IaaS", "Network", "Ödland"),
    "16.1": ("Windows", "Linux", "Identity Provider", "Office Suite", "IaaS", "Network", "Ödland"),
    "17.1": ("Windows", "Linux", "Identity Provider", "Office Suite", "IaaS", "Network Devices", "Ödland"),
}
NEWEST = PLATFORMS["17.1"]
WITH_ANALYTICS = ("18.1", "19.1")
SHORTNAMES = ("odd-access", "quiet-exit", "größe")
LOG_SOURCES = (
    {"product": "windows", "category": "process_creation"},
    {"product": "linux", "category": "process_creation"},
    {"product": "azure", "service": "auditlogs"},
    {"product": "m365", "service": "threat_management"},
    {"category": "antivirus"},
    {"product": "nobody", "service": "knows"},
)
RULE_IDS = tuple(f"17171717-aaaa-4bbb-8ccc-00000000000{n}" for n in range(1, 6))
RULE_VERSIONS = (("1", "2", "10"), ("r2026-02-01", "main-2026-01-05", "2025-12-31"), ("left", "right"))
STATUSES = ("test", "stable", "experimental", "deprecated", "unsupported", None)
READ = ("azure:audit", "m365:unified", "WinEventLog:Sysmon", "auditd:EXECVE", "Öwn:Log")
PROVEN = {"validated": {"state": "tested", "on": "2026-03-01"}}
SWITCHES: tuple[Body, ...] = (
    {"select": {"set": ["rules", "own"]}},
    {"select": {"set": ["rules"], "status": ["test", "stable"]}, **PROVEN},
    {"select": {"set": ["own"]}, "enabled": False},
    {"select": {"set": ["ctid-aws", "guards"]}},
    {"select": {"set": ["guards"]}, **PROVEN},
)
PLACEMENTS: tuple[Body, ...] = (
    {"select": {"set": ["ctid-aws"]}, "platforms": ["IaaS"]},
    {"select": {"set": ["guards", "rules"]}, "platforms": ["Windows", "Linux"]},
)
DAYS = ("02.01.2025", "12.12.2024", "01.05.2026")


@dataclass(frozen=True)
class Step:
    """A file that is loaded, as `kind` says, or with the kind `remove` a set that is removed by its key."""

    kind: str
    name: str
    version: str
    data: bytes


World = tuple[Step, ...]


def environments_of(world: World) -> list[Environment]:
    """Return the environments of a world."""
    return [Environment(step.data) for step in world if step.kind == "environment"]


def library_of(world: World) -> Library:
    """Return what is loaded once all steps were taken."""
    library = Library()
    for step in world:
        if step.kind == "release":
            release = Release(step.version, step.data)
            library.releases[release.key] = release
        elif step.kind == "remove":
            del library.sets[f"{step.name}@{step.version}"]
        elif step.kind != "environment":
            found = {
                "sigma": lambda s: sigma(s.name, s.version, s.data),
                "ctid": lambda s: mapping(s.data),
                "detections": lambda s: findings(s.name, s.data),
            }[step.kind](step)
            library.sets[found.key] = found
    return library


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Return the steps of a world, in a random order, with removals after."""
    versions = draw(st.lists(st.sampled_from(VERSIONS), min_size=1, max_size=2, unique=True))
    releases = [Step("release", "attack", each, draw(releases_of(each))) for each in versions]
    sets = [
        *draw(rule_sets("rules", 1)),
        *draw(rule_sets("own", 0)),
        *draw(mappings()),
        *draw(finding_sets()),
    ]
    steps = draw(st.permutations([*releases, *sets, draw(environments())]))
    removed = draw(st.lists(st.sampled_from(sets), max_size=1, unique=True)) if sets else []
    return (*steps, *(Step("remove", each.name, each.version, b"") for each in removed))


# Releases --------------------------------------------------------------------------------------------------


@st.composite
def releases_of(draw: st.DrawFn, version: str) -> bytes:
    """Return a bundle: techniques in every condition, and what ATT&CK says of their detection."""
    names = PLATFORMS.get(version, NEWEST)
    tactics = [
        thing("x-mitre-tactic", f"Tactic {each}", f"TA000{n}", x_mitre_shortname=each)
        for n, each in enumerate(SHORTNAMES, 1)
    ]
    techniques: list[Body] = []
    for attack_id in IDS:
        techniques += draw(techniques_of(attack_id, names))
    objects = [*techniques, *draw(successors(techniques))]
    for number, about in enumerate(techniques):
        objects += draw(guidance_of(about, number, names, analytics=version in WITH_ANALYTICS))
    return bundle(matrix("enterprise-attack", *tactics), *tactics, *objects, version=version)


@st.composite
def techniques_of(draw: st.DrawFn, attack_id: str, names: Sequence[str]) -> list[Body]:
    """Return the objects with an id: none, one, or two of which one may be dead."""
    conditions = draw(
        st.sampled_from(
            [("",), ("",), ("",), (), ("dead",), ("revoked",), ("", "dead"), ("", ""), ("revoked", "")]
        )
    )
    return [
        draw(technique_of(attack_id, f"{attack_id} Zählung {n}", names, condition))
        for n, condition in enumerate(conditions)
    ]


@st.composite
def technique_of(draw: st.DrawFn, attack_id: str, name: str, names: Sequence[str], condition: str) -> Body:
    stated = draw(st.lists(st.sampled_from(names), min_size=1, max_size=3, unique=True))
    platforms = draw(
        st.sampled_from(
            [stated, stated, stated, ["None"], [], [f" {each} " for each in stated], [*stated, *stated]]
        )
    )
    phases = draw(st.lists(st.sampled_from(SHORTNAMES), max_size=2, unique=True))
    fields: Body = {
        "kill_chain_phases": [{"kill_chain_name": "mitre-attack", "phase_name": each} for each in phases],
        "x_mitre_platforms": platforms,
        "x_mitre_is_subtechnique": "." in attack_id,
    }
    if condition:
        fields["revoked" if condition == "revoked" else "x_mitre_deprecated"] = True
    return thing("attack-pattern", name, attack_id, **fields)


@st.composite
def successors(draw: st.DrawFn, techniques: Sequence[Body]) -> list[Body]:
    """Return what the revoked techniques are revoked by: nothing, one or two others, dead ones too."""
    found = []
    for each in techniques:
        others = [other for other in techniques if other is not each]
        if each.get("revoked") and others:
            chosen = draw(st.lists(st.sampled_from(others), max_size=2, unique_by=lambda other: other["id"]))
            found += [tie("revoked-by", each, other) for other in chosen]
    return found


@st.composite
def guidance_of(
    draw: st.DrawFn, about: Body, number: int, names: Sequence[str], *, analytics: bool
) -> list[Body]:
    """Return strategies with analytics, or up to 17 components, that detect a technique; some are dead."""
    if draw(st.integers(0, 3)) == 3:
        return []
    dead: Body = {"x_mitre_deprecated": True} if draw(st.integers(0, 3)) == 3 else {}
    if not analytics:
        component = thing("x-mitre-data-component", f"Component {number}", f"DC{number:04}", **dead)
        return [component, tie("detects", component, about)]
    own = [
        thing(
            "x-mitre-analytic",
            f"Analytic {number} {at}",
            f"AN{number}{at:03}",
            x_mitre_platforms=draw(st.lists(st.sampled_from(names), min_size=1, max_size=3, unique=True)),
            x_mitre_log_source_references=draw(references_of(number)),
            **({"x_mitre_deprecated": True} if draw(st.integers(0, 4)) == 4 else {}),
        )
        for at in range(draw(st.sampled_from([1, 2, 0])))
    ]
    refs = [each["id"] for each in own]
    strategy = thing(
        "x-mitre-detection-strategy",
        f"Strategy {number}",
        f"DET{number:04}",
        x_mitre_analytic_refs=refs,
        **dead,
    )
    return [*own, strategy, tie("detects", strategy, about)]


@st.composite
def references_of(draw: st.DrawFn, number: int) -> list[Body]:
    """Return what an analytic reads, as ATT&CK writes it."""
    names = draw(st.lists(st.sampled_from(READ), min_size=1, max_size=2, unique=True))
    component = stix_id("x-mitre-data-component", f"Component {number}")
    return [{"x_mitre_data_component_ref": component, "name": each, "channel": "any"} for each in names]


# Environments ----------------------------------------------------------------------------------------------


@st.composite
def environments(draw: st.DrawFn) -> Step:
    """Return the file of an environment: what it runs, collects, enables and places."""
    platforms = draw(
        st.sampled_from([None, None, ["Windows", "IaaS"], ["Azure AD", "Network Devices"], ["Linux"]])
    )
    names = draw(
        st.lists(st.sampled_from([*READ, "WinEventLog:Security"]), min_size=2, max_size=5, unique=True)
    )
    switches = draw(st.lists(st.sampled_from(SWITCHES), min_size=1, max_size=4))
    body: Body = {
        "format": "environment/1",
        "name": "soc",
        "log_sources": [{"name": each, "status": draw(st.sampled_from(BEST_FIRST))} for each in names],
        "enabled": switches,
        "placements": draw(st.lists(st.sampled_from(PLACEMENTS), max_size=1)),
    }
    if platforms is not None:
        body["platforms"] = platforms
    return Step("environment", "soc", "", json.dumps(body).encode())


# Evidence --------------------------------------------------------------------------------------------------


@st.composite
def rule_sets(draw: st.DrawFn, name: str, least: int) -> list[Step]:
    """Return at least so many and up to two versions of a set of Sigma rules."""
    versions = draw(st.sampled_from(RULE_VERSIONS))
    chosen = draw(st.lists(st.sampled_from(versions), min_size=least, max_size=2, unique=True))
    return [Step("sigma", name, each, draw(rules_of())) for each in chosen]


@st.composite
def rules_of(draw: st.DrawFn) -> bytes:
    ids = draw(st.lists(st.sampled_from(RULE_IDS), min_size=2, max_size=5, unique=True))
    return "\n---\n".join(json.dumps(draw(rule_of(each)), ensure_ascii=False) for each in ids).encode()


@st.composite
def rule_of(draw: st.DrawFn, id_: str) -> Body:
    """Return a rule, with the same log source in every set.

    A fork that changes it would have the same identity on other platforms: docs/semantics.md does not say in which
    rows such a rule counts once.
    """
    claimed = draw(st.lists(st.sampled_from([*IDS, UNKNOWN]), min_size=1, max_size=3, unique=True))
    write = draw(st.sampled_from([str.lower, str.upper]))
    status = draw(st.sampled_from(STATUSES))
    condition: Body = {} if draw(st.integers(0, 5)) == 5 else {"condition": "sel"}
    return {
        "title": f"Regel für {id_[-1]}",
        "id": id_,
        **({"status": status} if status else {}),
        "tags": [f"attack.{write(each)}" for each in claimed],
        "logsource": LOG_SOURCES[int(id_[-1]) % len(LOG_SOURCES)],
        "detection": {"sel": {"a": "b"}, **condition},
    }


@st.composite
def mappings(draw: st.DrawFn) -> list[Step]:
    """Return up to two versions of a mapping of CTID."""
    chosen = draw(st.lists(st.sampled_from(DAYS), max_size=2, unique=True))
    return [Step("ctid", "ctid-aws", each, json.dumps(draw(mapping_of(each))).encode()) for each in chosen]


@st.composite
def mapping_of(draw: st.DrawFn, day: str) -> Body:
    rows = draw(st.lists(mapping_rows(), min_size=1, max_size=5))
    return {
        "metadata": {
            "mapping_version": "1",
            "attack_version": "16.1",
            "technology_domain": "enterprise",
            "mapping_framework": "aws",
            "mapping_framework_version": day.replace(".", "/"),
            "creation_date": day.replace(".", "/"),
            "last_update": day.replace(".", "/"),
            "author": "",
            "contact": "",
            "organization": "",
            "mapping_types": {},
            "capability_groups": {},
        },
        "mapping_objects": rows,
    }


@st.composite
def mapping_rows(draw: st.DrawFn) -> Body:
    capability = draw(st.sampled_from(["guard", "vault"]))
    kind = draw(st.sampled_from(["technique_scores", "technique_scores", "mitigates", "related_to"]))
    score: dict[str, Any] = {}
    if kind == "technique_scores":
        score["score_category"] = draw(st.sampled_from(["detect", "protect", "respond"]))
        score["score_value"] = draw(st.sampled_from(["minimal", "partial", "significant"]))
    return {
        "capability_id": capability,
        "capability_description": capability.title(),
        "capability_group": "",
        "mapping_type": kind,
        "attack_object_id": draw(st.sampled_from([*IDS, UNKNOWN])),
        "attack_object_name": "",
        "status": draw(st.sampled_from(["complete", "complete", "in_progress"])),
        "references": [],
        "comments": draw(st.sampled_from(["", "one", "two"])),
        **score,
    }


@st.composite
def finding_sets(draw: st.DrawFn) -> list[Step]:
    """Return up to one version of a file of native detections."""
    days = draw(st.lists(st.sampled_from(["2026-01-05", "2026-02-01"]), max_size=2, unique=True))
    return [Step("detections", "guards", each, json.dumps(draw(findings_of(each))).encode()) for each in days]


@st.composite
def findings_of(draw: st.DrawFn, day: str) -> Body:
    sources = [
        {"key": "cloud", "name": "Cloud", "cloud": "azure", "platforms": ["Identity Provider", "IaaS"]},
        {
            "key": "host",
            "name": "Host",
            "cloud": "aws",
            "platforms": draw(st.sampled_from([[], ["Windows"]])),
        },
    ]
    names = draw(st.lists(st.sampled_from(["One", "Two", "Three"]), min_size=1, unique=True))
    return {
        "format": "native-detections/1",
        "attack_domain": "enterprise-attack",
        "attack_version": "18.1",
        "generated": day,
        "sources": sources,
        "detections": [draw(finding_of(name)) for name in names],
    }


@st.composite
def finding_of(draw: st.DrawFn, name: str) -> Body:
    claimed = draw(st.lists(st.sampled_from([*IDS, UNKNOWN]), min_size=1, max_size=2, unique=True))
    status = draw(st.sampled_from([None, "active", "retired"]))
    return {
        "source": draw(st.sampled_from(["cloud", "host"])),
        "finding": name,
        **({"status": status} if status else {}),
        "techniques": [{"id": each, "confidence": 0.5} for each in claimed],
    }
