"""Pages of the sample with a rule and a note that fill every field, written once, and what a page may not do."""

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import BrowserContext

from docs.query_answers import load_example
from graph.server.connection import Graph
from loaders.formats import Naming, Source
from loaders.loading import load_source
from pages.matrix import matrix_page, matrix_picture
from pages.page import PageSubject
from pages.single import page_file, subject_of
from pages.site.making import Wanted, site
from queries.answers.narrowing import Narrowing

RELEASE = "enterprise-attack@18.1-sample"
RULE = """title: Token of an application read by another one
id: 6f0c2a34-51de-4a55-8d27-1f6e0c8b6a99
status: stable
author: Sightline
license: MIT
date: 2026-03-02
tags: [attack.credential-access, attack.t1528]
logsource: {product: azure, service: auditlogs}
detection:
  selection: {properties.message: Consent to application}
  condition: selection
level: high
"""
NOTE = """format: attack-annotations/1
attack_domain: enterprise-attack
attack_version: "18.1"
annotations:
  - id: whole
    object: {attack_id: AN0496}
    author: identity team
    created: 2026-05-23
    reviewed: 2026-06-01
    status: reviewed
    confidence: medium
    summary: Whoever owns the identity provider owns the log-ins.
    executive_priority: {level: high, text: Ask whether the logs of the identity provider are kept.}
    technical_view: Look at the life of tokens, not at sign-ins alone.
    likely_telemetry:
      - {text: Audit logs of the identity provider, log_source: "azure:signinlogs"}
    detection_direction:
      - {text: Correlate token renewals with sign-ins.}
    mitigation_priorities:
      - {text: Keep the logs in one place.}
    limits: Rests on the fields of the object.
    claims:
      - {field: tactics, expect: []}
"""


@dataclass
class Told:
    """What a page did that it must not do."""

    requests: list[str]
    messages: list[str]

    def watch(self, context: BrowserContext) -> None:
        context.on("request", lambda request: self.requests.append(request.url))
        context.on("console", lambda message: self.messages.append(message.text))
        context.on("weberror", lambda error: self.messages.append(str(error.error)))
        context.on("dialog", lambda dialog: self.messages.append(dialog.message))

    @property
    def left(self) -> list[str]:
        return [url for url in self.requests if not url.startswith(("file:", "data:"))]


@dataclass(frozen=True)
class Written:
    """Where the pages are: those that stand alone, and the site in `site`."""

    folder: Path

    def url(self, path: str) -> str:
        return (self.folder / path).as_uri()


def quiet(told: Told) -> None:
    assert told.messages == []
    assert told.left == []


def write(graph: Graph, folder: Path) -> None:
    """Load all of it, and write the two seed pages, the matrix and the site."""
    (folder / "rules").mkdir()
    (folder / "rules" / "rule.yml").write_text(RULE)
    (folder / "note.yaml").write_text(NOTE)
    load_example(graph)
    rules = Source((str(folder / "rules"),), options={"validate": ("splunk",)})
    load_source(graph, "sigma", rules, Naming("ours", "1"))
    load_source(graph, "annotations", Source((str(folder / "note.yaml"),)), Naming())
    write_pages(graph, folder, RELEASE, ("T1528", "AN0496"))


def write_pages(graph: Graph, folder: Path, release: str, names: tuple[str, ...]) -> None:
    """Write the pages of these names, the matrix as page and picture, and the site with its rules."""
    for name in names:
        subject = subject_of(graph, release, name)
        assert subject
        (folder / f"{name}.html").write_text(page_file(graph, subject), "utf-8")
    whole = PageSubject("Matrix", release, release)
    (folder / "matrix.html").write_text(matrix_page(graph, whole, Narrowing()), "utf-8")
    (folder / "matrix.svg").write_text(matrix_picture(graph, whole, Narrowing()), "utf-8")
    for file in site(graph, Wanted(release, rules=True), lambda *_: None):
        place = folder / "site" / file.path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(file.content)
