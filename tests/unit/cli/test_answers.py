"""What commands make of the answers to their questions, without a graph."""

import json
from dataclasses import dataclass, field, replace

import pytest

from cli.answer import One, Rows, Scope, rows_of
from cli.commands import missing
from cli.commands.related import by_technique
from cli.delivery import rendered
from cli.naming import of_platform
from cli.render.forms import Form
from cli.render.screen import Screen
from cli.reports import for_people, report_rows, say_report
from cli.session import Session
from graph.errors import UsageError
from graph.holding.change import Change, Outcome
from loaders.reading.problems import Problem, Severity
from loaders.report import LoadReport
from queries.answers.fusion import FusedRelation
from queries.answers.kinds import KindCount
from queries.questions.related.methods import METHODS

REPORT = LoadReport(
    key="mine@2",
    source="mine",
    outcome=Outcome.REPLACED,
    items=5,
    stored=4,
    nodes=4,
    relationships=4,
    content_root="0" * 64,
    problems=(
        Problem("a.yml", "line 1", "odd", "is odd"),
        Problem("b.yml", "line 2", "lost", "is lost", Severity.SKIPPED),
    ),
    change=Change(added=tuple("abcdefghijkl"), changed=("m",)),
    current=False,
    newer="mine@3",
)


def said(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return [line.removeprefix("sightline: ") for line in capsys.readouterr().err.splitlines()]


def test_a_reload_says_what_it_lost_then_what_changed(capsys: pytest.CaptureFixture[str]) -> None:
    say_report(Session(), REPORT)
    assert said(capsys) == [
        "skipped: b.yml: line 2: lost: is lost",
        "note: a.yml: line 1: odd: is odd",
        "mine@2: 1 of 5 items was not stored",
        "mine@2: 12 added: a, b, c, d, e, f, g, h, i, j and 2 more",
        "mine@2: 1 changed: m",
        "mine@2 is not in use: superseded by mine@3; --all-sets counts both",
    ]


def test_whoever_wants_more_gets_every_name(capsys: pytest.CaptureFixture[str]) -> None:
    say_report(Session(verbosity=1), REPORT)
    assert "mine@2: 12 added: a, b, c, d, e, f, g, h, i, j, k, l" in said(capsys)


def test_many_problems_are_counted_with_those_that_cost_something_first(
    capsys: pytest.CaptureFixture[str],
) -> None:
    notes = tuple(Problem(f"{n}.yml", "line 1", "odd", "is odd") for n in range(30))
    say_report(Session(), replace(REPORT, problems=notes + REPORT.problems, change=Change(), newer=None))
    lines = said(capsys)
    assert lines[0].startswith("skipped: b.yml")
    assert lines[10] == "mine@2: 22 more; -v lists them all"


def test_problems_of_one_code_and_file_are_one_line_unless_all_are_wanted(
    capsys: pytest.CaptureFixture[str],
) -> None:
    notes = tuple(Problem("a.yml", f"line {n}", "odd", "is odd") for n in range(1, 31))
    others = (Problem("a.yml", "line 40", "old", "is old"), Problem("b.yml", "line 1", "odd", "is odd"))
    report = replace(REPORT, problems=notes + others, change=Change(), newer=None, stored=5, current=True)
    say_report(Session(), report)
    assert said(capsys) == [
        "note: a.yml: line 1: odd: is odd (and 29 more odd in this file; -v lists them)",
        "note: a.yml: line 40: old: is old",
        "note: b.yml: line 1: odd: is odd",
    ]
    say_report(Session(verbosity=1), report)
    assert len(said(capsys)) == 32


def test_nothing_is_repeated_where_nothing_changed(capsys: pytest.CaptureFixture[str]) -> None:
    again = replace(REPORT, outcome=Outcome.UNCHANGED, newer=None)
    say_report(Session(), again)
    assert said(capsys) == []
    say_report(Session(verbosity=1), again)
    assert len(said(capsys)) == 3


def test_load_has_five_columns_for_people_and_all_of_them_for_programs() -> None:
    answer = for_people(rows_of(*report_rows([REPORT])))
    assert answer.table is not None
    assert answer.table.columns == ("key", "outcome", "stored", "notes", "skipped")
    assert answer.table.values == [("mine@2", "replaced", 4, 1, 1)]
    assert "content_root" in rendered(answer, Form.JSON, Screen())
    fatal = replace(REPORT, problems=(Problem("c.yml", "", "broken", "is broken", Severity.FATAL),))
    assert "rejected" in rendered(for_people(rows_of(*report_rows([fatal]))), Form.TABLE, Screen())


def relation(technique: str, method: str, rank: int, *, low_support: bool = False) -> FusedRelation:
    return FusedRelation(
        release="r",
        technique_id=technique,
        technique=f"name of {technique}",
        method=method,
        score=0.5,
        shared=2,
        shared_with=("x", "y"),
        out_of=4,
        rank=rank,
        low_support=low_support,
        fused_rank=1 if technique == "T1" else 2,
        fused_score=0.03,
    )


def test_a_related_technique_has_one_line_with_its_ranks() -> None:
    rows = [
        relation("T1", "telemetry", 3),
        relation("T1", "actor", 1, low_support=True),
        relation("T2", "mitigation", 2),
    ]
    lines = by_technique(rows, Scope("r"))
    assert [dict(zip(lines.columns, line, strict=True)) for line in lines.values] == [
        {
            "release": "r",
            "technique_id": "T1",
            "technique": "name of T1",
            "rank": 1,
            "score": 0.03,
            **dict.fromkeys(f"#{method}" for method in METHODS),
            "#telemetry": 3,
            "#actor": 1,
            "low_support": "actor",
        },
        {
            "release": "r",
            "technique_id": "T2",
            "technique": "name of T2",
            "rank": 2,
            "score": 0.03,
            **dict.fromkeys(f"#{method}" for method in METHODS),
            "#mitigation": 2,
            "low_support": None,
        },
    ]


def counted(kind: str, count: int | None) -> KindCount:
    return KindCount("r", kind, count, "high", "question?", "reason", "do it")


def test_a_check_allows_nothing_unless_told() -> None:
    counts = [counted("a", 3), counted("b", 0), counted("c", None)]
    assert missing._exceeded(counts, {}, check=True) == ["a: 3, allowed 0; do it"]
    assert missing._exceeded(counts, {"a": 3}, check=True) == []
    assert missing._exceeded(counts, {"a": 2}, check=False) == ["a: 3, allowed 2; do it"]
    assert missing._exceeded(counts, {"b": 0}, check=False) == []


def test_a_kind_that_could_not_be_counted_passes_no_check() -> None:
    with pytest.raises(UsageError, match="needs an environment"):
        missing._exceeded([counted("c", None)], {"c": 5}, check=False)


def test_people_get_the_table_that_is_for_them_and_programs_the_rows() -> None:
    answer = Rows(("id", "method"), [("T1", "a"), ("T1", "b")], table=Rows(("id", "methods"), [("T1", 2)]))
    assert "methods" in rendered(answer, Form.TABLE, Screen())
    assert json.loads(rendered(answer, Form.JSON, Screen())) == [
        {"id": "T1", "method": "a"},
        {"id": "T1", "method": "b"},
    ]
    assert rendered(answer, Form.CSV, Screen()) == "id,method\nT1,a\nT1,b\n"


@pytest.mark.parametrize("form", Form.general())
@pytest.mark.parametrize("answer", [Rows(("id",), [("T1528",)]), One({"id": "T1528"})])
def test_every_form_renders_rows_and_objects(form: Form, answer: Rows | One) -> None:
    text = form.render(answer, Screen())
    assert "T1528" in text
    assert text.endswith("\n")


@dataclass(frozen=True, slots=True)
class Neighbor:
    attack_id: str
    how: str = field(metadata={"detail": True})


@dataclass(frozen=True, slots=True)
class Whole:
    sha256: str = field(metadata={"last": True})
    attack_id: str
    neighbors: tuple[Neighbor, ...]
    totals: dict[str, Neighbor]


def test_a_card_keeps_details_for_other_formats_and_provenance_for_the_end() -> None:
    one = One(Whole("f00", "T1", (Neighbor("T2", "at length"),), {"Technique": Neighbor("T3", "too")}))
    text = rendered(one, Form.TABLE, Screen())
    assert "at length" not in text
    assert text.splitlines()[0].split() == ["attack", "id", "T1"]
    assert text.splitlines()[-1].split() == ["sha256", "f00"]
    assert [line.split() for line in text.splitlines() if "T3" in line] == [["Technique", "T3"]]
    assert json.loads(rendered(one, Form.JSON, Screen()))["neighbors"] == [
        {"attack_id": "T2", "how": "at length"}
    ]


def test_a_long_list_is_cut_on_a_terminal_only_and_says_so() -> None:
    many = tuple(Neighbor(f"T{n}", "") for n in range(40))
    one = One(Whole("f00", "T1", many, {}))
    assert "neighbors (15 of 40; --format json has all)" in rendered(one, Form.TABLE, Screen(80))
    assert "T39" in rendered(one, Form.TABLE, Screen())


def test_a_platform_is_found_in_any_case() -> None:
    @dataclass(frozen=True, slots=True)
    class On:
        platform: str | None

    rows = [On("SaaS"), On(None)]
    assert of_platform(rows, "saas") == [On("SaaS")]
    assert of_platform(rows, None) == rows
