"""The last look at what is written."""

import pytest

from graph.errors import IntegrityError
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


def test_a_page_that_is_not_handed_out_ends_in_one_line() -> None:
    with pytest.raises(IntegrityError) as raised:
        check(PAGE.replace("</p>", ""), "T1528.html")
    assert raised.value.exit_code == 11
    assert str(raised.value).startswith("T1528.html: the page does not pass its own check")
    assert "\n" not in str(raised.value)
