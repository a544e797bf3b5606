"""How the pages are read: from the start page on, by pictures, by machines that help, without scripts, on a phone."""

from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from pages.site.addresses import FOLDERS
from tests.browser.conftest import PATIENCE
from tests.browser.reading import DESK, PHONE, TABLET, one_of_each, wider
from tests.browser.written import Told, Written, quiet

MADE_BY_SCRIPTS = "Copy the rule"
"""What scripts add to a page: the name of a button before the text that it copies."""
AXE = {"light": {}, "dark": {"runOnly": ["color-contrast"]}}
"""Scheme -> which rules are held: in the dark only colors are others."""


def test_a_site_has_every_kind_of_page(written: Written) -> None:
    there = {path.name for path in (written.folder / "site").iterdir() if path.is_dir()}
    assert set(FOLDERS.values()) - there <= {"assets", "datasources"}, "enterprise 18.1 has neither"


def test_the_start_page_leads_to_the_technique_by_matrix_and_tactic(
    reader: Page, told: Told, written: Written
) -> None:
    reader.goto(written.url("site/index.html"))
    reader.get_by_role("navigation", name="The site").get_by_role("link", name="Matrix").click()
    reader.locator(".cell").get_by_role("link", name="T1528 Steal Application Access Token").click()
    assert reader.url.endswith("techniques/T1528.html")
    reader.get_by_role("link", name="Sightline").click()
    reader.locator("#tactics").get_by_role("link", name="Credential Access").click()
    reader.locator("#techniques").get_by_role("link", name="T1528", exact=True).click()
    assert reader.locator("h1").inner_text() == "T1528 Steal Application Access Token"
    quiet(told)


def test_the_start_page_leads_to_the_analytic_by_the_contents(
    reader: Page, told: Told, written: Written
) -> None:
    reader.goto(written.url("site/index.html"))
    reader.get_by_role("navigation", name="The site").get_by_role("link", name="Contents").click()
    analytics = reader.locator("section#analytic")
    if analytics.get_by_role("link", name="AN0496", exact=True).count() == 0:
        analytics.get_by_role("link", name="All ").click()
    reader.get_by_role("link", name="AN0496", exact=True).click()
    assert reader.url.endswith("analytics/AN0496.html")
    assert reader.locator("h1").inner_text() == "AN0496 Analytic 0496"
    quiet(told)


def test_the_picture_is_followed_from_the_analytic_to_the_tactic(
    reader: Page, told: Told, written: Written
) -> None:
    reader.goto(written.url("site/analytics/AN0496.html"))
    for kind, folder in (
        ("strategy", "detectionstrategies"),
        ("technique", "techniques"),
        ("tactic", "tactics"),
    ):
        reader.locator(f"svg.graph a:has(.box.{kind})").first.click()
        assert f"/{folder}/" in reader.url
        if kind != "tactic":
            reader.locator("svg.graph").first.wait_for()
    quiet(told)


def test_a_box_of_the_picture_is_reached_by_the_keyboard(reader: Page, told: Told, written: Written) -> None:
    reader.goto(written.url("site/analytics/AN0496.html"))
    reader.locator("svg.graph a:has(.box.technique)").first.focus()
    reader.keyboard.press("Enter")
    reader.wait_for_url("**/techniques/*.html")
    quiet(told)


# What helps to read ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_violation(
    chromium: Browser, written: Written, scheme: Literal["light", "dark"]
) -> None:
    context = chromium.new_context(
        viewport={"width": DESK, "height": 1000}, color_scheme=scheme, bypass_csp=True
    )
    context.set_default_timeout(PATIENCE)
    page, axe, found = context.new_page(), Axe(), []
    for path in one_of_each(written):
        page.goto(written.url(path))
        checked = axe.run(page, options={"resultTypes": ["violations"], **AXE[scheme]}).response
        found += [
            (path, each["id"], each["nodes"][0]["target"], len(each["nodes"]))
            for each in checked["violations"]
            if each["impact"] in {"serious", "critical"}
        ]
    context.close()
    assert found == []


def test_axe_sees_a_violation(reader: Page) -> None:
    reader.set_content("<!DOCTYPE html><title>x</title><img src='data:,'><p style='color:#eee'>pale</p>")
    found = {each["id"] for each in Axe().run(reader).response["violations"]}
    assert {"image-alt", "color-contrast", "html-has-lang"} <= found


# Without scripts, and narrow ---------------------------------------------------------------------------------


def lines(page: Page) -> list[str]:
    """Return the text of a page, folded parts too, line by line."""
    return [
        " ".join(line.split())
        for line in (page.locator("main").text_content() or "").splitlines()
        if line.strip()
    ]


def test_without_scripts_the_text_is_all_there(
    chromium: Browser, reader: Page, told: Told, written: Written
) -> None:
    bare = chromium.new_context(viewport={"width": DESK, "height": 1000}, java_script_enabled=False)
    bare.set_default_timeout(PATIENCE)
    page = bare.new_page()
    for path in one_of_each(written):
        reader.goto(written.url(path))
        page.goto(written.url(path))
        scripted = [line.removeprefix(MADE_BY_SCRIPTS) for line in lines(reader)]
        plain = lines(page)
        assert len(plain) > 5, path
        if not path.endswith("matrix.html"):  # its filter says how many cells are shown
            assert plain == scripted, path
    page.goto(written.url("site/matrix.html"))
    assert page.locator(".filters").is_hidden()
    assert page.locator(".search").is_hidden()
    assert page.locator(".cell").count() > 10
    bare.close()
    quiet(told)


def test_a_page_that_is_too_wide_is_seen(reader: Page) -> None:
    reader.set_viewport_size({"width": PHONE, "height": 900})
    reader.set_content(f"<!DOCTYPE html><title>x</title><p id='long'>{'W' * 100}</p>")
    assert wider(reader) == ["scrolls sideways"]
    reader.set_content("<!DOCTYPE html><title>x</title><div style='width:600px'>wide</div>")
    assert "width:600px" in wider(reader)[0]


@pytest.mark.parametrize("width", [PHONE, TABLET, DESK])
def test_no_page_is_wider_than_its_window(reader: Page, told: Told, written: Written, width: int) -> None:
    reader.set_viewport_size({"width": width, "height": 900})
    for path in one_of_each(written):
        reader.goto(written.url(path))
        assert wider(reader) == [], path
    quiet(told)


def test_a_picture_of_the_matrix_opens_on_its_own(reader: Page, told: Told, written: Written) -> None:
    assert Path(written.folder / "matrix.svg").exists()
    reader.goto(written.url("matrix.svg"))
    assert reader.locator("a", has_text="T1528").count() == 1
    quiet(told)
