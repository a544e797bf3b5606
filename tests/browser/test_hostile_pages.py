"""Texts that attack the page that shows them, through every template, in Chromium: they are shown as texts."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from graph.server.connection import connect
from graph.server.settings import Target
from pages.render import HERE
from pages.single import VIEWS
from tests.browser import hostile
from tests.browser.reading import PHONE, one_of_each, wider
from tests.browser.written import Told, Written, quiet, write_pages
from tests.conftest import wipe

ALONE = ("T1528", "AN0496", "TA0006", "G0016", "DC0002")

BAD = r"""() => [...document.querySelectorAll('*')].flatMap(each => [...each.attributes]
  .filter(one => /^on/i.test(one.name) || one.name === 'style' || one.name === 'srcdoc'
    || (/href$|^src$|action$/i.test(one.name) && /^\s*(javascript|data|vbscript):/i.test(one.value)
      && !(each.hasAttribute('download') || each.rel === 'icon')))
  .map(one => `${each.tagName} ${one.name}=${one.value.slice(0, 60)}`))"""
"""Attributes that could run something; a record is downloaded by a `data:` address."""


@pytest.fixture(scope="module")
def attacked(
    chromium: Browser,  # noqa: ARG001  skip first
    server: Target,
    tmp_path_factory: pytest.TempPathFactory,
) -> Written:
    """Pages of inputs that attack them, as files."""
    folder = tmp_path_factory.mktemp("hostile")
    with connect(server, patience=60) as graph:
        wipe(graph)
        hostile.load(graph, folder)
        write_pages(graph, folder, hostile.RELEASE, ALONE)
        wipe(graph)
    return Written(folder)


def every(attacked: Written) -> list[str]:
    return ["matrix.svg", *(f"{name}.html" for name in ALONE), *one_of_each(attacked)]


def test_no_script_runs_and_nothing_is_asked_for(reader: Page, told: Told, attacked: Written) -> None:
    for path in every(attacked):
        reader.goto(attacked.url(path))
        reader.wait_for_load_state()
        assert reader.evaluate("window.hit") is None, path
        assert reader.url == attacked.url(path)
        quiet(told)


def test_what_a_reader_can_click_or_point_at_runs_nothing(
    reader: Page, told: Told, attacked: Written
) -> None:
    for path in every(attacked):
        reader.goto(attacked.url(path))
        bad = reader.evaluate(BAD)
        assert bad == [], path
        foreign = reader.locator(
            "iframe, object, embed, base, img, form[action], link[href^=http], meta[http-equiv=refresh]"
        )
        assert foreign.count() == 0, path
    quiet(told)


def test_the_attacks_are_there_as_text(reader: Page, attacked: Written) -> None:
    reader.goto(attacked.url("T1528.html"))
    text = reader.locator("main").text_content() or ""
    for attack in ("<script>window.hit=1</script>", "[U+202E]gnp.exe", "{{ 7*7 }}", "]]> <![CDATA["):
        assert attack in text, attack
    assert "<svg onload=window.hit=1>" in text
    assert hostile.LONG in text
    assert "\u202e" not in text


def test_a_script_that_runs_is_seen(reader: Page, told: Told) -> None:
    reader.set_content(f"<script>{hostile.HIT}; console.log('ran')</script>")
    assert reader.evaluate("window.hit") == 1
    assert told.messages == ["ran"]


def test_words_of_ten_thousand_letters_do_not_break_the_layout(
    reader: Page, told: Told, attacked: Written
) -> None:
    reader.set_viewport_size({"width": PHONE, "height": 900})
    for path in every(attacked):
        if path.endswith(".svg"):
            continue
        reader.goto(attacked.url(path))
        assert wider(reader) == [], path
    quiet(told)


def test_the_search_shows_names_as_text(reader: Page, told: Told, attacked: Written) -> None:
    reader.goto(attacked.url("site/index.html"))
    reader.get_by_label("Search").fill("T1528")
    link = reader.locator("#found a").first
    link.wait_for()
    assert "Steal Application Access Token" in link.inner_text()
    assert reader.locator("#found li > *:not(a):not(span)").count() == 0
    reader.get_by_label("Search").fill("onload")
    reader.get_by_text("found").first.wait_for()
    assert reader.evaluate("window.hit") is None
    quiet(told)


def test_the_attacks_go_through_every_template_and_view(attacked: Written) -> None:
    paths = every(attacked)
    folders = {Path(path).parent.name for path in paths if path.startswith("site/")}
    kinds = {"DataSource", "Asset"}
    assert len(folders - {"site"}) == len(VIEWS) - len(kinds), (
        "enterprise 18.1 has no data sources and assets"
    )
    used = {
        "list.html": "contents.",
        "page.html": "T1528.html",
        "matrix.html": "matrix.html",
        "matrix.svg": "matrix.svg",
    }
    templates = {path.name for path in (HERE / "templates").iterdir()} - {"base.html", "parts.html"}
    assert templates == set(used)
    for template, part in used.items():
        assert any(part in path for path in paths), template
