"""Every format on the answers of hostile publishers, narrow terminals and plain pipes."""

import csv
import io
import json
import unicodedata
from dataclasses import dataclass, fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from cli.answer import One, Rows, rows_of
from cli.render import card, document, markdown, sheet, table
from cli.render.cells import cell
from cli.render.screen import Screen
from cli.render.titles import title
from cli.render.visible import columns_wide, one_line, visible
from graph.server.parts import NodePart
from queries.catalog import CATALOG

PIPE = Screen()
HOSTILE = [
    "\x1b]52;c;aGk=\x07",  # sets the clipboard
    "\x1b]8;;http://x\x1b\\click\x1b]8;;\x1b\\",  # a link that lies
    "\x1b]0;title\x07",
    "\x1b[2J\x1b[31m",
    "\x9b31m",  # CSI in one C1 character
    "\x90q\x9c",  # DCS
    "harmless\rforged",
    "a\x08b\x7f",
    "exe.\u202efdp",  # reads as exe.pdf
    "zero\u200bwidth\ufeff",
    "\U000e0041tag",
    "line\u2028separator",
]
MARKUP = ["[red]x[/red]", "[/foo]", ":skull:", "[link=http://x]y[/link]", "{x}", "%s"]

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
values = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**63), 2**63 - 1), texts, st.lists(texts, max_size=3)
)


@dataclass(frozen=True, slots=True)
class Described:
    """An object with a text of others."""

    attack_id: str
    description: str


def rows(*cells: object) -> Rows:
    return Rows(("id", "field"), [(f"T{at}", each) for at, each in enumerate(cells)])


def is_drawn(character: str) -> bool:
    return character == "\n" or unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}


def outputs(answer: Rows) -> list[str]:
    screens = [Screen(), Screen(60), Screen(200, color=False), Screen(80, unicode=False)]
    return [
        *(table.render(answer, screen) for screen in screens),
        document.render(answer, Screen()),
        sheet.render(answer, Screen()),
        markdown.render(answer, Screen()),
        card.render(One(dict(enumerate(answer.values))), Screen(60)),
    ]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_format_hands_a_terminal_an_order(text: str) -> None:
    for output in outputs(rows(text)):
        assert [each for each in output if not is_drawn(each)] == []


@given(st.lists(values, min_size=1, max_size=4))
def test_nothing_undrawn_ever_leaves(cells: list[object]) -> None:
    for output in outputs(rows(*cells)):
        assert [each for each in output if not is_drawn(each)] == []


@pytest.mark.parametrize("text", MARKUP)
@pytest.mark.parametrize("screen", [Screen(), Screen(120, color=True), Screen(40)])
def test_markup_prints_as_it_is(text: str, screen: Screen) -> None:
    assert text in table.render(rows(text), screen)


def test_hidden_characters_are_shown_as_escapes() -> None:
    assert visible("exe.\u202efdp\x1b\U000e0041") == r"exe.\u202efdp\x1b\U000e0041"
    assert visible("é 汉 🦊\u00a0x") == "é 汉 🦊\u00a0x"
    assert one_line(" a\nb\t\x1b ") == r"a b \x1b"


@given(st.lists(values, max_size=5))
def test_json_gives_the_values_back(cells: list[object]) -> None:
    answer = rows(*cells)
    assert json.loads(document.render(answer, Screen())) == [
        dict(zip(answer.columns, row, strict=True)) for row in answer.values
    ]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1", "\uff1dcmd"])
def test_csv_text_is_no_formula(text: str) -> None:
    (_, (_, field)) = csv.reader(io.StringIO(sheet.render(rows(text), Screen())))
    assert field.startswith("'")


def test_csv_numbers_stay_numbers() -> None:
    answer = rows(-1, -0.5, 0.30303030303030304, None, *[True])
    fields = [row[1] for row in csv.reader(io.StringIO(sheet.render(answer, Screen())))]
    assert fields == ["field", "-1", "-0.5", "0.30303030303030304", "", "yes"]


@given(st.lists(values, max_size=5))
def test_csv_has_a_record_per_row(cells: list[object]) -> None:
    records = list(csv.reader(io.StringIO(sheet.render(rows(*cells), Screen()), newline="")))
    assert [record[0] for record in records] == ["id", *(f"T{at}" for at in range(len(cells)))]


@pytest.mark.parametrize(
    ("text", "inert"),
    [
        ("a|b", r"a\|b"),
        ("[x](javascript:alert(1))", r"\[x\](javascript:alert(1))"),
        ("<script>& &amp; &#64;", r"\<script>& \&amp; \&#64;"),
        ("https://x www.x.org a@b.c @me", r"https\://x www\.x.org `a@b.c` `@me`"),
        ("technique_id is 10:30", "technique_id is 10:30"),
        ("*a* _b_ `c` ~d~ \\", r"\*a\* \_b\_ \`c\` \~d\~ \\"),
        ("two\nlines", "two <br> lines"),
    ],
)
def test_markdown_is_inert(text: str, inert: str) -> None:
    assert markdown.escaped(text) == inert


@given(texts)
def test_markdown_of_any_text_is_that_text(text: str) -> None:
    [inline] = [each for each in MarkdownIt().parse("x" + markdown.escaped(text)) if each.children]
    kinds = {each.type for each in inline.children or () if each.content != "<br>"}
    assert kinds <= {"text", "code_inline", "softbreak"}
    read = "".join("\n" if each.content == "<br>" else each.content for each in inline.children or ())
    shown = " ".join(visible(text, keep="\n").split())
    assert " ".join(read.removeprefix("x").split()) == shown


@given(texts)
def test_a_long_text_in_markdown_has_paragraphs_only(text: str) -> None:
    answer = One(Described("T1", text + "\n" + text))
    kinds = {each.type for each in MarkdownIt().enable("table").parse(markdown.render(answer, Screen()))}
    assert kinds <= {
        *("heading_open", "heading_close", "inline", "paragraph_open", "paragraph_close"),
        *(
            f"{part}_{side}"
            for part in ("table", "thead", "tbody", "tr", "th", "td")
            for side in ("open", "close")
        ),
    }


@given(st.lists(values, max_size=5))
def test_markdown_is_a_line_per_row(cells: list[object]) -> None:
    lines = markdown.render(rows(*cells), Screen()).splitlines()
    assert len(lines) == 2 + len(cells)


def test_markdown_aligns_numbers() -> None:
    assert markdown.render(rows(0.5), Screen()) == "| id | field |\n| --- | ---: |\n| T0 | 0.500 |\n"


def test_a_table_in_a_pipe_has_a_line_per_row() -> None:
    answer = Rows(("id", "name", "n"), [("T1", "a long name " * 20, 5), ("T2", "汉字\nx", 10)])
    lines = table.render(answer, PIPE).splitlines()
    assert len(lines) == 4
    assert lines[3].startswith(r"T2  汉字\x0ax")
    assert lines[2].endswith("   5")


def test_a_table_says_the_release_once_and_drops_empty_columns() -> None:
    answer = Rows(
        ("release", "id", "note", "n"),
        [("enterprise-attack@18.1", "T1", None, 1), ("enterprise-attack@18.1", "T2", "", 2)],
    )
    assert table.render(answer, PIPE) == "release: enterprise-attack@18.1\n\nid  n\n--  -\nT1  1\nT2  2\n"


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0001, "0.0001"), (0.5, "0.500"), (0.0, "0.000"), (1e300, "1e+300"), ([[1, 2], [3]], "[1,2], [3]")],
)
def test_a_cell_says_how_large_a_number_is_and_what_belongs_together(value: object, text: str) -> None:
    assert cell(value) == text


def test_no_heading_carries_an_escape_or_a_formula() -> None:
    answer = Rows(("\x1b[2J", "=cmd()"), [("a", 1), ("a", 1)], as_named=True)
    assert "\x1b" not in table.render(Rows(("\x1b[2J",), [("a",), ("a",)], as_named=True), Screen(80))
    assert "\x1b" not in sheet.render(answer, Screen())
    assert "'=cmd()" in sheet.render(answer, Screen()).partition("\n")[0]


def test_what_the_rows_are_about_one_by_one_stays_in_them() -> None:
    answer = Rows(("environment", "enabled"), [("soc", 3)], subject="environment")
    assert table.render(answer, PIPE) == "environment  enabled\n-----------  -------\nsoc                3\n"


def test_an_empty_table_is_empty() -> None:
    assert table.render(rows(), PIPE) == ""


@pytest.mark.parametrize("width", [40, 60, 80, 200])
@given(cells=st.lists(texts, min_size=1, max_size=4))
def test_a_table_fits_its_terminal(width: int, cells: list[str]) -> None:
    for line in table.render(rows(*cells), Screen(width)).splitlines():
        assert columns_wide(line) <= width


@dataclass(frozen=True, slots=True)
class Coverage:
    release: str
    technique_id: str
    technique: str
    platform: str
    placement: str
    state: str
    level: str
    detect: int
    protect: int
    respond: int
    mitigate: int
    migrated: int
    guidance: int


COVERAGE = rows_of(
    Coverage,
    [
        Coverage(
            release="enterprise-attack@18.1",
            technique_id="T1528",
            technique="Steal Application Access Token",
            platform=platform,
            placement="placed",
            state="guidance_only",
            level="L1",
            detect=0,
            protect=3,
            respond=0,
            mitigate=0,
            migrated=1,
            guidance=2,
        )
        for platform in ("Identity Provider", "SaaS")
    ],
)


def test_rows_become_blocks_where_even_few_columns_do_not_fit() -> None:
    shown = [("x" * 24, "y" * 20), ("l", "r")]
    text = table.render(Rows(("left", "right"), shown), Screen(40))
    assert text.split("\n\n") == [f"left   {'x' * 24}\nright  {'y' * 20}", "left   l\nright  r\n"]


def test_a_narrow_terminal_goes_without_the_spare_columns_and_says_so() -> None:
    shown = [("T1528", "x" * 12, "y" * 12, n, "0" * 64) for n in (1, 2)]
    answer = Rows(("id", "left_side", "right", "n", "sha256"), [*shown, ("T2", "l", "r", 3, "f")])
    assert "right" in table.render(answer, Screen(44)).splitlines()[0]
    assert table.render(answer, Screen(44)).endswith("\nNot shown here: sha256.\n")
    spared = table.render(replace(answer, spare=("left_side", "n")), Screen(30))
    assert spared.splitlines()[0].split() == ["id", "right", "n"]
    assert " ".join(spared.splitlines()[-2:]) == "Not shown here: sha256, left side."


def test_columns_of_the_persons_own_are_headed_as_they_wrote_them() -> None:
    answer = Rows(("attack_id", "n"), [("T1", 1), ("T2", 2)])
    assert table.render(answer, Screen(80)).splitlines()[0].split() == ["attack", "id", "n"]
    assert table.render(replace(answer, as_named=True), Screen(80)).splitlines()[0].split() == [
        "attack_id",
        "n",
    ]


def test_a_table_in_a_pipe_has_all_columns() -> None:
    lines = table.render(COVERAGE, PIPE).splitlines()
    assert len([name for name in lines[2].split("  ") if name]) == len(COVERAGE.columns) - 1
    assert lines[2].split("  ")[0] == "technique id"
    assert "ATT&CK guidance only, no rule" in lines[4]


def test_people_read_titles_and_scripts_read_fields() -> None:
    answer = Rows(("state", "off_platform", "note"), [("unplaced", 3, "unplaced"), ("covered", 4, "covered")])
    shown = table.render(answer, PIPE).splitlines()
    assert shown[0].split("  ")[:1] == ["state"]
    assert "other platform" in shown[0]
    assert shown[2].startswith("claimed, platform not stated")
    assert shown[2].endswith("unplaced")
    written = markdown.render(answer, Screen()).splitlines()
    assert written[0] == "| state | other platform | note |"
    assert written[2] == "| claimed, platform not stated | 3 | unplaced |"
    assert sheet.render(answer, Screen()).splitlines()[:2] == [
        "state,off_platform,note",
        "unplaced,3,unplaced",
    ]
    assert json.loads(document.render(answer, Screen()))[0] == {
        "state": "unplaced",
        "off_platform": 3,
        "note": "unplaced",
    }


def test_the_columns_of_own_cypher_are_never_retitled() -> None:
    answer = Rows(("state", "off_platform"), [("unplaced", 3), ("covered", 4)], as_named=True)
    assert table.render(answer, PIPE).splitlines()[0].split() == ["state", "off_platform"]
    assert "| unplaced | 3 |" in markdown.render(answer, Screen())


def test_no_answer_has_two_columns_of_one_title() -> None:
    for question in CATALOG.values():
        titles = [title(field.name) for field in fields(question.row)]
        assert len(set(titles)) == len(titles), question.name


def test_a_wide_table_says_once_what_is_the_same_throughout() -> None:
    lines = table.render(COVERAGE, Screen(80)).splitlines()
    assert "technique: Steal Application Access Token" in lines
    assert [line for line in lines if line.startswith("SaaS ")]


def test_words_are_whole_on_a_wide_terminal() -> None:
    lines = table.render(COVERAGE, Screen(200)).splitlines()
    assert "state: ATT&CK guidance only, no rule" in lines
    assert [line for line in lines if line.startswith("Identity Provider ")]
    assert len(lines) == 11


def test_colors_only_where_wanted() -> None:
    assert "\x1b[1m" in table.render(COVERAGE, Screen(200, color=True))
    assert "\x1b" not in table.render(COVERAGE, Screen(200))


def test_ascii_only_where_nothing_else_can_be_shown() -> None:
    assert table.render(COVERAGE, Screen(200, unicode=False)).isascii()


def test_a_card_wraps_texts_and_lists_objects() -> None:
    @dataclass(frozen=True, slots=True)
    class Shown:
        attack_id: str
        description: str
        parent: str | None
        platforms: list[str]
        groups: list[dict[str, object]]

    one = One(
        Shown("T1", "word " * 20 + "\nnext", None, ["SaaS", "IaaS"], [{"id": "G1"}, {"id": "G2", "n": 2}])
    )
    text = card.render(one, Screen(60))
    lines = text.splitlines()
    assert lines[0] == "attack id    T1"
    assert lines[1].startswith("description  word")
    assert all(len(line) <= 60 for line in lines)
    assert "             next" in lines
    assert "platforms    SaaS, IaaS" in lines
    assert "parent" not in text
    assert lines[-5:] == ["groups (2)", "  id  n", "  ─────", "  G1  -", "  G2  2"]


def test_a_value_that_says_how_it_reads_is_drawn_in_cells_and_whole_in_json() -> None:
    node = NodePart("4:x:0", ("AttackObject", "Technique"), {"attack_id": "T1", "name": "one [red] \x1b"})
    answer = Rows(("n",), [(node,), ([node, node],)])
    assert sheet.render(answer, Screen()).splitlines()[1] == '"(:Technique T1 ""one [red] \\x1b"")"'
    assert json.loads(document.render(answer, Screen()))[0]["n"]["properties"]["attack_id"] == "T1"
