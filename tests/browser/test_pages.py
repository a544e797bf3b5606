"""The pages in Chromium: every field of the two seed pages, the search, the filter, the copy, the print."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page
from pypdf import PdfReader

from tests.browser.conftest import PATIENCE
from tests.browser.written import RELEASE, RULE, Told, Written, quiet


@pytest.fixture
def page(reader: Page) -> Page:
    """A page of a reader's, not the Neo4j Browser's."""
    return reader


def section(page: Page, name: str) -> Locator:
    return page.locator(f"section#{name}")


def has(page: Page, name: str, *texts: str) -> None:
    """Hold that a section says all of that, whatever the case and the spaces."""
    told = " ".join(section(page, name).inner_text().split()).casefold()
    for text in texts:
        assert text.casefold() in told, (name, text)


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
