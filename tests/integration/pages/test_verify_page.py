"""`verify` of a page: what it shows is what the answers in it give, or it is refused."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from cli import app
from graph.server.connection import Graph
from pages.matrix import matrix_page
from pages.page import PageSubject
from pages.single import page_file
from proofs.answer_file import digest
from queries.answers.narrowing import Narrowing
from tests.integration.pages.conftest import RELEASE
from tests.unit.cli.conftest import Run, Sightline

CARRIED = re.compile(r'(<script type="application/json" id="answer">)(.*?)(</script>)', re.DOTALL)


@pytest.fixture(scope="module")
def page(filled: Graph) -> str:
    return page_file(filled, PageSubject("Technique", RELEASE, "T1528"))


@pytest.fixture
def verified(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> Sightline:
    def run(text: str) -> Run:
        file = tmp_path / "page.html"
        file.write_bytes(text.encode())
        code = app.run(["verify", str(file), "--format", "json"])
        captured = capfd.readouterr()
        return Run(code, captured.out, captured.err)

    return run


def with_answer(page: str, **about: object) -> str:
    """Return the page with another answer file, whose digest is right."""
    found = CARRIED.search(page)
    assert found
    file = json.loads(found[2])
    file["about"] |= {name: value for name, value in about.items() if name != "rows"}
    file["rows"] = about.get("rows", file["rows"])
    return page.replace(found[2], carried(file))


def carried(file: dict[str, Any]) -> str:
    """Return an answer file as pages carry it, with its digest made right."""
    file["digest"] = digest(file["answer"], file["rows"])
    text = json.dumps(file, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def verdict(run: Run) -> tuple[int, str]:
    return run.code, json.loads(run.out)["verdict"]


@pytest.mark.parametrize(
    ("kind", "what"), [("Technique", "T1528"), ("Analytic", "AN0496"), ("Tactic", "TA0006")]
)
def test_a_page_is_intact(filled: Graph, verified: Sightline, kind: str, what: str) -> None:
    assert verdict(verified(page_file(filled, PageSubject(kind, RELEASE, what)))) == (0, "intact")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Steal Application Access Token</h1>", "Harmless</h1>", "not the one that its answers give"),
        ("</body>", "<script>alert(1)</script></body>", "not the one that its answers give"),
        ("</html>", "</html>\n<p>more", "not the one that its answers give"),
        ('id="answer">', 'id="answers">', "carries 0 answer files"),
        (
            "</body>",
            '<script type="application/json" id="answer">{}</script></body>',
            "carries 2 answer files",
        ),
        ('"Steal Application Access Token"', '"Harmless"', "the digest over the answer and its rows is"),
    ],
)
def test_a_page_that_was_changed_is_refused(
    page: str, verified: Sightline, old: str, new: str, said: str
) -> None:
    assert old in page
    run = verified(page.replace(old, new, 1))
    assert verdict(run) == (11, "refused")
    assert said in run.err
    assert run.err.count("\n") == 1


def test_a_page_of_another_version_is_told_apart(page: str, verified: Sightline) -> None:
    other = with_answer(page, tool="sightline 0.0.1").replace("</h1>", " and more</h1>", 1)
    assert verdict(verified(other)) == (0, "visible text not checked")
    assert verdict(verified(with_answer(page, kind="Nothing"))) == (0, "visible text not checked")


@pytest.mark.parametrize("rows", [[], [{}], {"a": 1}, [{"command": "coverage", "parameters": None}]])
def test_answers_that_were_made_up_give_no_page(page: str, verified: Sightline, rows: object) -> None:
    run = verified(with_answer(page, rows=rows))
    assert verdict(run) == (11, "refused")
    assert run.err.count("\n") == 1


@pytest.mark.parametrize(
    ("narrowing", "environment", "of_set"),
    [
        (Narrowing(), None, None),
        (Narrowing(), None, "example-rules"),
        (Narrowing(platform="iaas"), None, None),
        (Narrowing(tactic="TA0006", used_by="G0016"), "example", None),
        (Narrowing(techniques=frozenset({"T1528", "T1078"})), None, None),
    ],
)
def test_a_matrix_is_intact(
    filled: Graph, verified: Sightline, narrowing: Narrowing, environment: str | None, of_set: str | None
) -> None:
    subject = PageSubject("Matrix", RELEASE, RELEASE, environment, of_set)
    text = matrix_page(filled, subject, narrowing)
    assert verdict(verified(text)) == (0, "intact")
    changed = text.replace("techniques covered", "techniques well covered", 1)
    assert verdict(verified(changed)) == (11, "refused")


def test_a_matrix_of_other_techniques_is_refused(filled: Graph, verified: Sightline) -> None:
    text = matrix_page(filled, PageSubject("Matrix", RELEASE, RELEASE), Narrowing(platform="IaaS"))
    found = CARRIED.search(text)
    assert found
    file = json.loads(found[2])
    file["answer"]["parameters"]["platform"] = "SaaS"
    run = verified(text.replace(found[2], carried(file)))
    assert verdict(run) == (11, "refused")
    assert "not the one that its answers give" in run.err
