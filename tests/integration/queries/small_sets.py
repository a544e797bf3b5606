"""Small releases, rules and environments, loaded as a user loads them."""

import json
from collections.abc import Sequence
from pathlib import Path

from graph.record import sha256_hex
from graph.server.connection import Graph
from loaders.reading.one_file import SourceFile
from loaders.report import LoadReport
from tests.bundles import Body, as_source, bundle, matrix, thing, tie
from tests.loads import load_attack, load_environment, load_sigma

ENTERPRISE = "enterprise-attack"


def tactic(name: str, attack_id: str, shortname: str, **fields: object) -> Body:
    """A tactic of enterprise."""
    return thing("x-mitre-tactic", name, attack_id, x_mitre_shortname=shortname, **fields)


def technique(attack_id: str, *platforms: str, tactics: Sequence[str] = (), **fields: object) -> Body:
    """A technique of these platforms; with none it has no list of them."""
    phases = [{"kill_chain_name": "mitre-attack", "phase_name": each} for each in tactics]
    stated: Body = {"x_mitre_platforms": list(platforms)} if platforms else {}
    about: Body = {"kill_chain_phases": phases, **stated, **fields}
    return thing("attack-pattern", attack_id, attack_id) | about


def guidance(about: Body, platform: str, *log_sources: str, number: int = 1, **fields: object) -> list[Body]:
    """A strategy with one analytic for a platform, which reads log sources; fields go to both."""
    name = f"{about['name']} on {platform} {number}"
    component = thing("x-mitre-data-component", f"component of {name}", f"DC{number:04}")
    references = [
        {"x_mitre_data_component_ref": component["id"], "name": each, "channel": "any"}
        for each in log_sources
    ]
    analytic = thing(
        "x-mitre-analytic",
        name,
        f"AN{number:04}",
        x_mitre_platforms=[platform],
        x_mitre_log_source_references=references,
        **fields,
    )
    strategy = thing(
        "x-mitre-detection-strategy",
        name,
        f"DET{number:04}",
        x_mitre_analytic_refs=[analytic["id"]],
        **fields,
    )
    return [component, analytic, strategy, tie("detects", strategy, about)]


def load_release(graph: Graph, version: str, *objects: Body, domain: str = ENTERPRISE) -> str:
    """Load the objects as a release and return its key."""
    tactics = [each for each in objects if each["type"] == "x-mitre-tactic"]
    data = bundle(matrix(domain, *tactics), *objects, version=None)
    return load_attack(graph, as_source(data), release=f"{domain}@{version}").key


def rule(id_: str, log_source: str, *tags: str, status: str = "test") -> str:
    """A Sigma rule; the log source as `product/category/service`."""
    product, category, service = log_source.split("/")
    stated = {"product": product, "category": category, "service": service}
    return json.dumps(
        {
            "title": f"Rule {id_}",
            "id": id_,
            "status": status,
            "tags": [f"attack.{each}" for each in tags],
            "logsource": {key: value for key, value in stated.items() if value},
            "detection": {"sel": {"a": "b"}, "condition": "sel"},
        }
    )


def load_rules(graph: Graph, folder: Path, *rules: str, name: str = "rules") -> LoadReport:
    """Load the rules as version 1 of a set."""
    path = folder / f"{name}.yml"
    path.write_text("\n---\n".join(rules), encoding="utf-8")
    return load_sigma(graph, str(path), set_name=name, set_version="1")


def load_soc(graph: Graph, text: str, name: str = "soc") -> LoadReport:
    """Load an environment; `text` is what follows its name."""
    data = f"format: environment/1\nname: {name}\n{text}".encode()
    return load_environment(graph, SourceFile(f"{name}.yaml", data, sha256_hex(data)))
