"""A local Neo4j with the sample, as `demo` leaves it, and a real Chromium that is logged in to its Browser."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

from cli import app
from cli.engine import Up, down, up
from graph.server.connection import connect
from graph.server.settings import Target
from tests.browser.written import Told, Written, write
from tests.conftest import USERS_JARS, wipe

FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)
PATIENCE = 20_000
"""Milliseconds: the machine may be busy."""
STEP = 100
STORED = """Object.values(JSON.parse(localStorage['neo4j.connections']).connectionsById)
  .some(connection => connection.password)"""
"""Evaluated step by step: the content-security policy keeps Playwright's own waiting from running a text."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")
            item.add_marker("integration")


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium without a window."""
    found = shutil.which("chromium") or "/usr/bin/chromium"
    if not Path(found).exists():
        said = "no Chromium here: `apt-get install chromium` brings it"
        if os.environ.get("CI") == "true":
            pytest.fail(said)
        pytest.skip(said)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def home(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:  # noqa: ARG001  skip first
    """The local Neo4j of a user who ran `sightline demo`; the environment says so to other processes too."""
    folder = tmp_path_factory.mktemp("home")
    USERS_JARS.mkdir(parents=True, exist_ok=True)
    (folder / "cache").mkdir()
    (folder / "cache" / "jars").symlink_to(USERS_JARS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SIGHTLINE_HOME", str(folder))
        for name in ("NEO4J_URI", "NEO4J_PASSWORD", "SIGHTLINE_BROWSER"):
            patch.delenv(name, raising=False)
        try:
            started = up()
            assert app.run(["demo", "--quiet", "--format", "json"]) == 0
            yield started
        finally:
            down()


@dataclass
class Wire:
    """What the pages asked for, and what the content-security policy kept from leaving.

    Requests that never left end with `csp`; whatever else goes to another machine counts as gone.
    """

    asked: list[str] = field(default_factory=list)
    blocked: list[str] = field(default_factory=list)

    def watch(self, context: BrowserContext) -> None:
        context.on("request", lambda request: self.asked.append(request.url))
        context.on("requestfailed", self._failed)
        context.on("page", lambda page: page.on("websocket", lambda socket: self.asked.append(socket.url)))

    def _failed(self, request: Request) -> None:
        if request.failure == "csp":
            self.blocked.append(request.url)

    @property
    def left(self) -> list[str]:
        return [url for url in self.asked if url not in self.blocked and not _is_here(url)]


def _is_here(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in {"data", "blob"} or parts.hostname in {"127.0.0.1", "localhost"}


@pytest.fixture(scope="package")
def wire() -> Wire:
    """What went over the wire in this session."""
    return Wire()


@pytest.fixture(scope="package")
def profile(chromium: Browser, home: Up, wire: Wire) -> Iterator[BrowserContext]:
    """A profile in which somebody has logged in."""
    context = chromium.new_context(viewport={"width": 1600, "height": 1100})
    context.set_default_timeout(PATIENCE)
    wire.watch(context)
    page = context.new_page()
    page.goto(home.browser)
    page.get_by_test_id("username").fill(home.username)
    page.get_by_test_id("password").fill(home.password_file.read_text().strip())
    page.get_by_test_id("connect").click()
    page.get_by_text("You are connected as user").first.wait_for()
    await_workbench(page)
    await_stored(page)
    page.close()
    yield context
    context.close()


def await_stored(page: Page) -> None:
    """Wait until the Browser has written the log-in into its storage, from which the next page logs in by itself.

    It writes with a delay after the log-in is seen; a page that is closed earlier leaves a profile without it.
    """
    for _ in range(PATIENCE // STEP):
        if page.evaluate(STORED):
            return
        page.wait_for_timeout(STEP)
    pytest.fail("the Browser did not store the log-in")


def await_workbench(page: Page) -> None:
    """Wait until all that the log-in brings is there: its frames come on top of others, in any order."""
    page.get_by_test_id("guidesDrawer").wait_for()
    for command in (":param release", ":style "):
        page.get_by_test_id("frameCommand").filter(has_text=command).wait_for()


@pytest.fixture
def page(profile: BrowserContext, home: Up) -> Iterator[Page]:
    """The Browser after the log-in, its guide open."""
    opened = profile.new_page()
    opened.goto(home.browser)
    await_workbench(opened)
    yield opened
    opened.close()


# Our pages ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="package")
def written(
    chromium: Browser,  # noqa: ARG001  skip first
    server: Target,
    tmp_path_factory: pytest.TempPathFactory,
) -> Written:
    """The pages of the sample, as files: nothing of them is in the graph afterwards."""
    folder = tmp_path_factory.mktemp("pages")
    with connect(server, patience=60) as graph:
        wipe(graph)
        write(graph, folder)
        wipe(graph)
    return Written(folder)


@pytest.fixture
def told() -> Told:
    """What the reader's pages did that they must not do."""
    return Told([], [])


@pytest.fixture
def reader(chromium: Browser, told: Told) -> Iterator[Page]:
    """A window of somebody who reads our pages."""
    context = chromium.new_context(viewport={"width": 1440, "height": 1000})
    context.set_default_timeout(PATIENCE)
    told.watch(context)
    yield context.new_page()
    context.close()
