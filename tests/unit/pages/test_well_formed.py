"""The last look at what is written."""

import pytest

from pages.well_formed import MalformedPageError, check

HEAD = "<!DOCTYPE html>\n<html><head><script>if (1 < 2 && 3 < 4) {}</script></head>"
PAGE = f'{HEAD}<body><a href="#x">x</a><p id="x">y</p></body></html>'


def test_a_whole_page_passes() -> None:
    check(PAGE)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("</p>", ""),
        ('id="x"', "id=x"),
        (">y<", "> a & b <"),
        (">y<", "><br><"),
        ('href="#x"', 'href="#y"'),
        (">y<", '><b id="x"/><'),
        ('id="x"', 'id="x" id="x"'),
    ],
)
def test_a_broken_one_does_not(before: str, after: str) -> None:
    with pytest.raises(MalformedPageError):
        check(PAGE.replace(before, after))
