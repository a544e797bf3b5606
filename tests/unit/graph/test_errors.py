"""The one line of an error, and its exit code."""

import pytest

from graph import errors


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (errors.NotFoundError("no such technique"), "no such technique"),
        (errors.NotFoundError("no such technique", where="T9999"), "T9999: no such technique"),
        (
            errors.InputRejectedError("not JSON", where="a.json", todo="give a STIX bundle"),
            "a.json: not JSON; give a STIX bundle",
        ),
        (
            errors.InputRejectedError("null\r", where="x.json: /name/\n", todo="leave\u2028it out"),
            "x.json: /name/\\n: null\\r; leave\\u2028it out",
        ),
    ],
)
def test_an_error_is_one_line(error: errors.SightlineError, line: str) -> None:
    assert str(error) == line


def test_exit_codes_are_distinct() -> None:
    codes = [kind.exit_code for kind in errors.SightlineError.__subclasses__()]
    assert sorted(codes) == [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]
