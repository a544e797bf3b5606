"""Which pages are read in Chromium, one of each kind, and whether one fits its window."""

from playwright.sync_api import Page

from pages.site.addresses import FOLDERS
from tests.browser.written import Written

PHONE, TABLET, DESK = 360, 768, 1440
"""Pixels of width."""
ONE_OF_EACH = (
    *("T1528.html", "AN0496.html", "matrix.html", "site/index.html", "site/matrix.html", "site/gaps.html"),
    *("site/conflicts.html", "site/releases.html", "site/sets.html", "site/contents.html"),
    *("site/techniques/T1550.html", "site/tactics/TA0006.html", "site/groups/G0016.html"),
)
"""Pages of every template and of most views; those of the other folders are found by their names."""


def one_of_each(written: Written) -> list[str]:
    """Return a page of every kind that the site has, and one of a long list."""
    site = written.folder / "site"
    own = [min((site / each).iterdir(), default=None) for each in FOLDERS.values() if (site / each).exists()]
    lists = sorted(site.glob("contents.*.html"))[:1]
    found = [str(path.relative_to(written.folder)) for path in (*own, *lists) if path]
    return [*ONE_OF_EACH, *found]


OUT = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.querySelectorAll('body *')]
    .filter(each => each.getBoundingClientRect().right > width + 1 && !each.closest('.scroll, .sheet, .matrix, pre'))
    .slice(0, 5).map(each => each.outerHTML.slice(0, 120)).concat(['scrolls sideways']);
}"""


def wider(page: Page) -> list[str]:
    """Return what stands out of the window on its right side, but for what scrolls on its own."""
    found: list[str] = page.evaluate(OUT)
    return found
