"""Workbooks: texts stay texts, whatever they begin with."""

import re
import zipfile
from io import BytesIO

import pytest

from graph.errors import UsageError
from pages import workbook
from pages.workbook import LONGEST, Sheet, written

xlsxwriter = pytest.importorskip("xlsxwriter")
HOSTILE = (
    "=1+1",
    "+cmd|' /C calc'!A0",
    "@SUM(1)",
    "-2",
    "{=1}",
    "https://example.org",
    "007",
    "a\u202eb\x00",
    "x" * 40_000,
)


def parts(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_no_text_becomes_a_formula_a_link_or_a_number() -> None:
    rows = tuple((each, 7, None, 0.5) for each in HOSTILE)
    found = parts(written([Sheet("hostile", ("=Text", "Number", "None", "Part"), rows)], xlsxwriter.Workbook))
    sheet = found["xl/worksheets/sheet1.xml"]
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet
    texts = re.findall(r"<t[^>]*>([^<]*)</t>", found["xl/sharedStrings.xml"])
    assert {"=1+1", "@SUM(1)", "-2", "007", "=Text", "a[U+202E]b[U+0000]"} <= set(texts)
    assert max(map(len, texts)) == LONGEST
    assert re.findall(r'<c r="B2"[^>]*><v>7</v>', sheet)


def test_an_empty_sheet_has_its_titles() -> None:
    found = parts(written([Sheet("sets", ("Set",), ())], xlsxwriter.Workbook))
    assert ">Set<" in found["xl/sharedStrings.xml"]


def test_without_the_extra_the_error_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "xlsxwriter", None)
    with pytest.raises(UsageError, match="needs the extra `workbook`"):
        workbook._writer()
