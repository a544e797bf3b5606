"""Draw the pictures of docs/pages.md and README.md anew: a site of the bundled sample in Chromium, in light and dark.

`make pictures` runs it, with a private Neo4j. A picture has few colors, so that each is small.
"""

import io
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from docs.query_answers import load_example
from graph.engine.configuration import Memory
from graph.engine.private import private_engine
from graph.server.connection import connect
from pages.site.making import Wanted, site

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
RELEASE = "enterprise-attack@18.1-sample"
SCHEMES = ("light", "dark")
COLORS = 64
LARGEST = 150_000
"""Bytes of a picture."""
FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture: of which page, how large the window is, and from which part on; the top where none is named."""

    name: str
    path: str
    width: int
    height: int
    part: str | None = None


SHOTS = (
    Shot("start", "index.html", 1280, 800),
    Shot("technique", "techniques/T1528.html", 1280, 860),
    Shot("chain", "analytics/AN0496.html", 1280, 680, "#chain"),
    Shot("matrix", "matrix.html", 1280, 640),
    Shot("phone", "techniques/T1528.html", 390, 760),
)


def main() -> None:
    """Draw every picture.

    Raises:
        RuntimeError: a picture is larger than it may be.
    """
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        _write_site(Path(folder))
        for name, picture in _drawn(Path(folder)):
            if len(picture) > LARGEST:
                raise RuntimeError(f"{name}: {len(picture):,} bytes")
            (FOLDER / name).write_bytes(picture)


def _write_site(folder: Path) -> None:
    with private_engine(Memory(short_lived=True)) as target, connect(target) as graph:
        load_example(graph)
        for file in site(graph, Wanted(RELEASE, rules=True), lambda *_: None):
            path = folder / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.content)


def _drawn(folder: Path) -> Iterator[tuple[str, bytes]]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for shot in SHOTS:
            for scheme in SCHEMES:
                yield f"{shot.name}-{scheme}.png", _picture(browser, folder, shot, scheme)
        browser.close()


def _picture(browser: Browser, folder: Path, shot: Shot, scheme: str) -> bytes:
    size = {"width": shot.width, "height": shot.height}
    context = browser.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    page = context.new_page()
    page.goto((folder / shot.path).as_uri())
    if shot.part:
        _scroll(page, shot.part)
    shown = page.screenshot()
    context.close()
    return _small(shown)


def _scroll(page: Page, part: str) -> None:
    page.evaluate("part => document.querySelector(part).scrollIntoView()", part)


def _small(png: bytes) -> bytes:
    """Return the picture with a palette."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    out = io.BytesIO()
    image.quantize(COLORS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


if __name__ == "__main__":
    main()
