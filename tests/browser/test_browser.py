"""What an analyst meets in the Neo4j Browser after `sightline demo`, in a real Chromium."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from cli import app
from cli.engine import Up
from graph import schema
from queries.catalog import TOPICS
from queries.questions.coverage.technique import TECHNIQUE_BY_SOURCE
from queries.workbench.favorites import FAVORITES, archive
from queries.workbench.pictures import picture
from tests.browser.conftest import PATIENCE, Wire, await_workbench

expect.set_options(timeout=PATIENCE)
TITLE = TECHNIQUE_BY_SOURCE.file.title
DROP = """([name, content]) => {
  const bytes = Uint8Array.from(atob(content), letter => letter.charCodeAt(0));
  const carried = new DataTransfer();
  carried.items.add(new File([bytes], name));
  const target = document.querySelector('[data-testid=main]');
  for (const kind of ['dragenter', 'dragover', 'drop'])
    target.dispatchEvent(new DragEvent(kind, {bubbles: true, cancelable: true, dataTransfer: carried}));
}"""


def run(page: Page, said: str) -> Locator:
    """Run what is in the editor; the frame of its answer, which begins with `said`."""
    page.get_by_test_id("editor-Run").click()
    newest = page.get_by_test_id("frame").first
    expect(newest.get_by_test_id("frameCommand")).to_contain_text(said)
    return newest


def blocks(page: Page, topic: str, title: str) -> list[Locator]:
    """The clickable blocks of an entry of the guide: parameters, then query."""
    drawer = page.get_by_test_id("guidesDrawer")
    while not drawer.get_by_role("heading", name=topic, exact=True).is_visible():
        drawer.get_by_text("Next", exact=True).click()
    heading = drawer.get_by_role("heading", name=title, exact=True)
    return [heading.locator(f"xpath=following::pre[{place}]") for place in (1, 2)]


def ask_by_guide(page: Page, topic: str, title: str) -> Locator:
    """The frame of the answer, after a click on the parameters and one on the query."""
    parameters, query = blocks(page, topic, title)
    parameters.click()
    expect(run(page, ":param release")).to_contain_text("attack_id")
    query.click()
    return run(page, f"// {title}")


def cells(frame: Locator) -> list[list[Any]]:
    """The rows of a table, each cell as its value."""
    expect(frame.get_by_role("cell").first).to_be_visible()
    rows = [row.get_by_role("cell").all_inner_texts() for row in frame.get_by_role("row").all()]
    # The first cell of a row is its number; the head has none.
    return [[json.loads(cell) for cell in row[1:]] for row in rows if row]


def answer_of_cli(capsys: pytest.CaptureFixture[str]) -> list[list[Any]]:
    words = ["query", TECHNIQUE_BY_SOURCE.name, "--param", "attack_id=T1528", "--format", "json"]
    assert app.run(words) == 0
    rows = [list(row.values()) for row in json.loads(capsys.readouterr().out)]
    assert len(rows) == 5
    return rows


def captions(frame: Locator) -> dict[str, str]:
    """Caption -> fill of each node that is drawn."""
    expect(frame.locator("g.node").first).to_be_visible()
    return {
        " ".join(" ".join(node.locator("text.caption").all_text_contents()).split()): str(
            node.locator("circle.b-outline").get_attribute("fill")
        )
        for node in frame.locator("g.node").all()
    }


def test_the_log_in_brings_guide_style_and_release(page: Page) -> None:
    expect(page.get_by_test_id("guidesDrawer")).to_contain_text("Detection coverage over MITRE ATT&CK")
    release = page.get_by_test_id("frame").filter(has_text=":param release")
    expect(release).to_contain_text('"release": "enterprise-attack@18.1-sample"')
    style = json.loads(page.evaluate("localStorage['neo4j.grass']"))
    assert style["node.Technique"]["caption"] == schema.node("Technique").caption


def test_a_click_on_parameters_and_query_draws_a_styled_graph(page: Page) -> None:
    drawn = captions(ask_by_guide(page, "Pictures", picture("technique").file.title))
    assert drawn["T1528 Steal Application Access Token 18.1"] == schema.node("Technique").color
    assert drawn["Credential Access 18.1"] == schema.node("Tactic").color
    assert drawn["APT29 18.1"] == schema.node("Group").color
    assert drawn["M1047 Audit 18.1"] == schema.node("Mitigation").color


def test_a_question_of_the_guide_answers_as_the_command_line_does(
    page: Page, capsys: pytest.CaptureFixture[str]
) -> None:
    frame = ask_by_guide(page, TOPICS["coverage"].title, TITLE)
    assert cells(frame) == answer_of_cli(capsys)


def test_the_archive_of_the_guide_becomes_favorites_that_run(
    page: Page, capsys: pytest.CaptureFixture[str]
) -> None:
    with page.expect_download() as saved:
        page.get_by_test_id("guidesDrawer").get_by_role("link", name=FAVORITES).click()
    content = base64.b64encode(saved.value.path().read_bytes()).decode()
    page.evaluate(DROP, [FAVORITES, content])
    page.get_by_test_id("navigationFavorites").click()
    page.get_by_test_id("expandFolder-coverage").click()
    page.get_by_test_id(f"scriptTitle-{TITLE}").click()
    assert cells(run(page, f"// {TITLE}")) == answer_of_cli(capsys)


def test_a_link_types_the_question_that_the_command_line_asks(
    profile: BrowserContext, home: Up, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["query", TECHNIQUE_BY_SOURCE.name, "--param", "attack_id=T1528", "--link"]
    assert app.run(words) == 0
    link = capsys.readouterr().out.strip()
    assert link.startswith(home.browser)
    page = profile.new_page()
    page.goto(link)
    expect(page.get_by_test_id("activeEditor")).to_contain_text(TITLE.split()[0])
    await_workbench(page)
    assert cells(run(page, f"// {TITLE}")) == answer_of_cli(capsys)
    page.close()


def test_a_text_that_the_browser_would_cut_arrives_whole(profile: BrowserContext, home: Up) -> None:
    from queries.workbench.links import cypher_of, typed

    page = profile.new_page()
    page.goto(typed(home.browser, f"RETURN {cypher_of('a&b#c+d%26')} AS whole"))
    await_workbench(page)
    assert cells(run(page, "AS whole")) == [["a&b#c+d%26"]]
    page.close()


def test_what_is_exported_is_what_the_browser_takes(page: Page, tmp_path: Path) -> None:
    assert app.run(["browser", "--export", str(tmp_path), "--quiet"]) == 0
    assert len((tmp_path / "README.txt").read_text().splitlines()) == 3
    sheets = page.get_by_test_id("frame").filter(has_text="node.Technique")
    expect(sheets).to_have_count(1)
    style = base64.b64encode((tmp_path / "sightline.grass").read_bytes()).decode()
    page.evaluate(DROP, ["sightline.grass", style])
    expect(sheets).to_have_count(2)
    assert (tmp_path / "sightline-favorites.zip").read_bytes() == archive()


def test_no_request_leaves_the_machine(page: Page, wire: Wire) -> None:
    expect(page.get_by_test_id("guidesDrawer")).to_be_visible()
    assert any(url.startswith("ws://127.0.0.1:") for url in wire.asked)
    assert wire.blocked, "the Browser asks for fonts and trackers, and the policy stops it"
    assert wire.left == []
