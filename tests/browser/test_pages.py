"""The pages in Chromium: every field of the two seed pages, the search, the filter, the copy, the print."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page
from pypdf import PdfReader

from docs.query_answers import load_example
from graph.server.connection import connect
from graph.server.settings import Target
from loaders.formats import Naming, Source
from loaders.loading import load_source
from pages.single import page_file, subject_of
from pages.site.making import Wanted, site
from tests.browser.conftest import PATIENCE
from tests.conftest import wipe

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
    """Where the pages are: those that stand alone, and the site."""

    folder: Path

    def url(self, path: str) -> str:
        return (self.folder / path).as_uri()


@pytest.fixture(scope="module")
def written(server: Target, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Written]:
    folder = tmp_path_factory.mktemp("pages")
    (folder / "rules").mkdir()
    (folder / "rules" / "rule.yml").write_text(RULE)
    (folder / "note.yaml").write_text(NOTE)
    with connect(server, patience=60) as graph:
        wipe(graph)
        load_example(graph)
        rules = Source((str(folder / "rules"),), options={"validate": ("splunk",)})
        load_source(graph, "sigma", rules, Naming("ours", "1"))
        load_source(graph, "annotations", Source((str(folder / "note.yaml"),)), Naming())
        for name in ("T1528", "AN0496"):
            subject = subject_of(graph, RELEASE, name)
            assert subject
            (folder / f"{name}.html").write_text(page_file(graph, subject), "utf-8")
        _put(folder / "site", graph)
        yield Written(folder)
        wipe(graph)


def _put(folder: Path, graph: Any) -> None:
    for file in site(graph, Wanted(RELEASE, rules=True), lambda *_: None):
        place = folder / file.path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(file.content)


@pytest.fixture
def told() -> Told:
    return Told([], [])


@pytest.fixture
def page(chromium: Browser, told: Told) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1440, "height": 1000})
    context.set_default_timeout(PATIENCE)
    told.watch(context)
    yield context.new_page()
    context.close()


def section(page: Page, name: str) -> Locator:
    return page.locator(f"section#{name}")


def has(page: Page, name: str, *texts: str) -> None:
    """Hold that a section says all of that, whatever the case and the spaces."""
    told = " ".join(section(page, name).inner_text().split()).casefold()
    for text in texts:
        assert text.casefold() in told, (name, text)


def quiet(told: Told) -> None:
    assert told.messages == []
    assert told.left == []


# The seed pages, field by field ------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["T1528.html", "site/techniques/T1528.html"])
def test_the_page_of_the_technique_has_every_field_of_the_seed(
    page: Page, told: Told, written: Written, place: str
) -> None:
    page.goto(written.url(place))
    lead = page.locator(".lead").inner_text()
    assert page.locator("h1").inner_text() == "T1528 Steal Application Access Token"
    for text in (
        "TA0006 Credential Access",
        "Last reviewed",
        "source data refreshed",
        "ATT&CK Enterprise 18.1",
    ):
        assert text in lead, text
    has(
        page,
        "what",
        "What is T1528?",
        "Tokens let applications act for a user",
        "MITRE ATT&CK, official",
    )
    for platform in ("Containers", "IaaS", "Identity Provider", "Office Suite", "SaaS"):
        assert platform in lead, platform
    has(page, "coverage", "Coverage by platform", "covered", "Identity Provider")
    has(page, "by-source", "10 detections across 3 clouds", "Azure Policy", "0.85", "GCP Chronicle", "0.90")
    has(page, "by-log-source", "azure auditlogs", "rules", "1 of")
    has(
        page,
        "example",
        "license",
        "MIT License",
        "author",
        "Sightline",
        "Token of an application read by another one",
    )
    has(page, "chain", "AN1427", "DET0515")
    has(page, "missing", "What would close it")
    assert section(page, "conflicts").count() == 1
    has(page, "related", "rank by method")
    has(page, "mitigations", "M10")
    has(page, "used-by", "G0016")
    has(page, "evidence", "Evidence, piece by piece", "Set")
    questions = section(page, "faq").locator("h3").all_inner_texts()
    assert len(questions) == 5
    has(page, "faq", "What is T1528", "cloud detection sources", "tactic", "rules", "missing")
    (faq,) = page.locator('script[type="application/ld+json"]').all_text_contents()
    assert [each["name"] for each in json.loads(faq)["mainEntity"]] == questions
    has(page, "history", "SHA-256", "18.1-sample", "17.1-sample")
    has(page, "references", "attack.mitre.org/techniques/T1528")
    has(page, "sources", "Root", RELEASE, "Merkle")
    has(page, "answers", "coverage T1528", "digest")
    assert "permission of The MITRE Corporation" in page.locator("#notice").inner_text()
    assert "not affiliated" in page.locator(".foot").inner_text()
    quiet(told)


@pytest.mark.parametrize("place", ["AN0496.html", "site/analytics/AN0496.html"])
def test_the_page_of_the_analytic_has_every_field_of_the_seed(
    page: Page, told: Told, written: Written, place: str
) -> None:
    page.goto(written.url(place))
    lead = page.locator(".lead").inner_text()
    for text in ("AN0496 Analytic 0496", "Identity Provider", "1.0 of the object", "Created", "Modified"):
        assert text in lead, text
    has(
        page,
        "what",
        "Official definition",
        "Guidance for Identity Provider",
    )
    take = page.locator("section.yours").filter(has_text="identity team")
    text = " ".join(take.inner_text().split())
    for field in (
        *("medium", "high", "Ask whether the logs", "Look at the life of tokens", "Likely telemetry"),
        *("Detection direction", "Correlate token renewals", "Mitigation priorities", "Keep the logs"),
        *("Notes and limits", "Rests on the fields", "identity team", "2026-05-23", "reviewed, 2026-06-01"),
    ):
        assert field in text, field
    assert take.locator("s").count() == 1, "a claim that the graph contradicts is struck"
    assert "contradicts it" in text
    assert section(page, "chain").locator("svg a").count() >= 4
    has(page, "chain", "technique", "tactic", "strategy")
    has(page, "history", "18.1-sample", "1.0", "live", "SHA-256")
    assert section(page, "record").locator("a[download]").get_attribute("href", timeout=PATIENCE)
    has(page, "references", "attack.mitre.org/detectionstrategies/")
    has(page, "use", "What ATT&CK publishes", "does not state", "Validate next")
    assert "permission of The MITRE Corporation" in page.locator("#notice").inner_text()
    quiet(told)


# The site ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("t1528", "techniques/T1528.html"),
        ("application access", "techniques/T1528.html"),
        ("cozy bear", "groups/G0016.html"),
        ("AN0496", "analytics/AN0496.html"),
    ],
)
def test_the_search_finds_ids_names_and_aliases(
    page: Page, told: Told, written: Written, words: str, path: str
) -> None:
    page.goto(written.url("site/groups/G0016.html"))
    page.get_by_label("Search").fill(words)
    links = page.locator("#found a")
    links.first.wait_for()
    assert path in [str(each.get_attribute("href")).partition("/site/")[2] for each in links.all()]
    page.locator(f'#found a[href$="{path}"]').click()
    assert page.url.endswith(path)
    quiet(told)


def test_nothing_found_says_so(page: Page, written: Written) -> None:
    page.goto(written.url("site/index.html"))
    page.get_by_label("Search").fill("no such thing")
    page.get_by_text("0 found").wait_for()


def test_the_matrix_filters_by_platform(page: Page, told: Told, written: Written) -> None:
    page.goto(written.url("site/matrix.html"))
    cells = page.locator(".cell:not(.away)")
    before = cells.count()
    page.locator("#platform").select_option(label="Identity Provider")
    page.wait_for_function("document.querySelectorAll('.cell.away').length > 0")
    assert 0 < cells.count() < before
    assert page.locator(".cell:not(.away)", has_text="T1528").count() == 1
    page.locator("#state").select_option(label="covered")
    assert page.locator("#shown").inner_text() != ""
    quiet(told)


def test_the_example_rule_is_copied(page: Page, told: Told, written: Written) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(written.url("site/techniques/T1528.html"))
    page.get_by_role("button", name="Copy the rule").click()
    page.get_by_text("Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == RULE
    quiet(told)


@pytest.mark.parametrize(("path", "sheets"), [("T1528.html", 3), ("AN0496.html", 3)])
def test_a_page_prints_on_three_sheets(
    page: Page, written: Written, tmp_path: Path, path: str, sheets: int
) -> None:
    page.goto(written.url(path))
    file = tmp_path / "page.pdf"
    page.pdf(path=file, format="A4", prefer_css_page_size=True)
    assert len(PdfReader(file).pages) <= sheets
