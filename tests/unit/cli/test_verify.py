"""`verify` on the command line: what holds, what does not, and what is thrown at it."""

import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from docs.proof_example import NARROW, WIDE
from tests.unit.cli.conftest import Sightline

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("file", [NARROW, WIDE], ids=lambda file: file.stem)
def test_a_proof_is_consistent_and_says_what_is_only_stated(real_sightline: Sightline, file: Path) -> None:
    run = real_sightline("verify", str(file), "--format", "json")
    report = json.loads(run.out)
    assert (run.code, run.err) == (0, "")
    assert list(report) == ["verdict", "checks", "stated"]
    assert report["verdict"] == "consistent"
    assert all(check["holds"] for check in report["checks"])
    assert {"what": "tool", "value": "sightline 0.1.0"} in report["stated"]


def test_a_changed_proof_is_one_line_and_11(real_sightline: Sightline, tmp_path: Path) -> None:
    changed = tmp_path / "changed.json"
    changed.write_bytes(NARROW.read_bytes().replace(b'"at":"/tags/1"', b'"at":"/tags/0"'))
    run = real_sightline("verify", str(changed), "--format", "json")
    assert run.code == 11
    assert run.err == (
        f"sightline: {changed}: /predicate/paths/1/hops/1: tag-claims-technique does not follow from the records "
        "at /tags/0\n"
    )
    report = json.loads(run.out)
    assert report["verdict"] == "refused"
    assert report["checks"][-1] == {
        "what": "tag-claims-technique does not follow from the records at /tags/0",
        "holds": False,
        "where": "/predicate/paths/1/hops/1",
    }


def test_a_proof_is_anchored_by_the_publishers_files(real_sightline: Sightline) -> None:
    sample = ROOT / "loaders" / "sample" / "enterprise-attack-18.1-sample.json"
    rules = ROOT / "docs" / "example" / "rules"
    run = real_sightline(
        *("verify", str(NARROW), "--against", str(sample), "--against", str(rules), "--require-anchor"),
        *("--format", "json"),
    )
    assert (run.code, run.err) == (0, "")
    assert json.loads(run.out)["verdict"] == "anchored"
    assert real_sightline("verify", str(NARROW), "--against", str(sample), str(rules)).code == 0


def test_some_anchors_are_not_all(real_sightline: Sightline) -> None:
    rules = str(ROOT / "docs" / "example" / "rules")
    run = real_sightline("verify", str(NARROW), "--against", rules, "--format", "json")
    report = json.loads(run.out)
    assert (run.code, report["verdict"]) == (0, "consistent")
    assert "enterprise-attack-18.1-sample.json: not compared with the publisher" in [
        check["what"] for check in report["checks"]
    ]
    run = real_sightline("verify", str(NARROW), "--against", rules, "--require-anchor")
    assert run.code == 11
    assert "enterprise-attack-18.1-sample.json: not compared with the publisher" in run.err


def test_a_root_from_elsewhere_anchors_one_source(real_sightline: Sightline) -> None:
    sources = json.loads(NARROW.read_bytes())["predicate"]["sources"]
    roots = [word for source in sources for word in ("--root", source["annotations"]["content_root"].upper())]
    assert real_sightline("verify", str(NARROW), *roots, "--require-anchor").code == 0
    run = real_sightline("verify", str(NARROW), "--root", "ab" * 32)
    assert (run.code, "no source of the proof has this content root" in run.err) == (11, True)


def test_another_file_is_not_the_publishers(real_sightline: Sightline) -> None:
    other = ROOT / "loaders" / "sample" / "enterprise-attack-17.1-sample.json"
    run = real_sightline("verify", str(NARROW), "--against", str(other))
    assert run.code == 11
    assert "its records have another content root than every source of the proof" in run.err


def test_the_hash_of_a_file_that_is_given_is_compared(real_sightline: Sightline, tmp_path: Path) -> None:
    statement = json.loads(NARROW.read_bytes())
    for source in statement["predicate"]["sources"]:
        if source["annotations"]["kind"] == "attack":
            source["digest"]["sha256"] = "ab" * 32
    changed = tmp_path / "changed.json"
    text = json.dumps(statement, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    changed.write_text(text, "utf-8")
    sample = str(ROOT / "loaders" / "sample" / "enterprise-attack-18.1-sample.json")
    assert real_sightline("verify", str(changed)).code == 0
    run = real_sightline("verify", str(changed), "--against", sample)
    assert (run.code, "but its SHA-256 is not abababab" in run.err) == (11, True)


def answer(**changes: object) -> bytes:
    file = {
        "release": None,
        "environment": None,
        "platforms": [],
        "of": None,
        "rows": [{"id": "T1528", "score": 0.5}],
        "answer": {
            "command": "pairs",
            "parameters": {},
            "questions": [],
            "loaded": {"releases": [], "sets": [], "environments": [], "annotations": []},
        },
        "digest": "5e7bc1a4fd6dfb1ba4d3a8db0ba3ba0a4d3a0b6f6f2d4f8d8f4b4d0f6f0d4b5e",
        "about": {"created": "2026-06-01T00:00:00Z", "tool": "sightline 0.1.0"},
    }
    from proofs.answer_file import digest

    file["digest"] = digest(file["answer"], file["rows"])  # type: ignore[arg-type]
    return json.dumps({**file, **changes}, indent=2).encode()


def test_an_answer_file_is_intact(real_sightline: Sightline, tmp_path: Path) -> None:
    kept = tmp_path / "answer.json"
    kept.write_bytes(answer())
    run = real_sightline("verify", str(kept), "--format", "json")
    assert (run.code, json.loads(run.out)["verdict"]) == (0, "intact")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (answer(rows=[{"id": "T1528", "score": "0.5"}]), "not the one stated"),
        (answer(rows=[]), "not the one stated"),
        (answer(digest="ab" * 32), "not the one stated"),
        (answer(more=1), "neither a proof nor an answer file"),
        (answer()[:-1], "neither a proof nor an answer file"),
        (answer() + b"{}", "neither a proof nor an answer file"),
        (answer().replace(b'"of"', b'"rows"'), "the key 'rows' appears twice"),
        (b"", "neither a proof nor an answer file"),
        (b"[]", "neither a proof nor an answer file"),
        (b"\xff\xfe", "neither a proof nor an answer file"),
        (b"[" * 100_000, "neither a proof nor an answer file"),
        (b'{"payloadType":' + b"[" * 100_000, "not JSON"),
        (b'{"predicateType":' * 10_000, "not JSON"),
        (b'{"predicateType":"urn:sightline:coverage-path:v2"}', "is missing"),
        (b'{"predicateType":"\x1b]52;c;x\x07"}', "not JSON"),
        (b'{"predicateType":"a","\\u001b[31mred":1}', "is not known"),
    ],
)
def test_what_is_no_proof_is_one_line_and_11(
    real_sightline: Sightline, tmp_path: Path, data: bytes, said: str
) -> None:
    file = tmp_path / "hostile.json"
    file.write_bytes(data)
    run = real_sightline("verify", str(file))
    assert run.code == 11
    assert said in run.err
    assert run.err.count("\n") == 1
    assert "\x1b" not in run.err + run.out


def test_escapes_in_what_is_stated_are_shown_as_text(real_sightline: Sightline, tmp_path: Path) -> None:
    statement = json.loads(NARROW.read_bytes())
    statement["predicate"]["created"] = "\x1b]0;owned\x07\u202e"
    file = tmp_path / "hostile.json"
    file.write_text(json.dumps(statement, sort_keys=True, separators=(",", ":"), ensure_ascii=False), "utf-8")
    run = real_sightline("verify", str(file))
    assert run.code == 0
    assert "\\x1b]0;owned\\x07\\u202e" in run.out
    assert "\x1b" not in run.out


def a_million_records() -> bytes:
    statement = json.loads(NARROW.read_bytes())
    statement["predicate"]["records"] = []
    empty = b'{"inclusion":[],"media":"application/json","sha256":"","text":""}'
    whole = json.dumps(statement, sort_keys=True, separators=(",", ":")).encode()
    return whole.replace(b'"records":[]', b'"records":[' + b",".join([empty] * 1_000_000) + b"]")


@pytest.mark.parametrize("kind", ["large", "many"])
def test_a_huge_document_is_refused_in_bounded_memory(tmp_path: Path, kind: str) -> None:
    file = tmp_path / "huge.json"
    if kind == "large":
        with file.open("wb") as out:
            out.truncate(100 * 1024 * 1024)
    else:
        file.write_bytes(a_million_records()[: 60 * 1024 * 1024])

    def bounded() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (2 * 1024**3, 2 * 1024**3))

    done = subprocess.run(
        [sys.executable, "-m", "cli", "verify", str(file)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=bounded,
    )
    assert done.returncode in {3, 11}
    assert done.stderr.count("\n") == 1


def test_a_source_that_cannot_be_read_is_3(real_sightline: Sightline, tmp_path: Path) -> None:
    run = real_sightline("verify", str(NARROW), "--against", str(tmp_path / "none.json"))
    assert (run.code, run.err.count("\n")) == (3, 1)
    assert real_sightline("verify", str(tmp_path / "none.json")).code == 3
    assert real_sightline("verify", str(tmp_path)).code == 3


def test_words_that_do_not_fit_are_2(real_sightline: Sightline, tmp_path: Path) -> None:
    kept = tmp_path / "answer.json"
    kept.write_bytes(answer())
    assert real_sightline("verify", str(NARROW), str(kept)).code == 2
    assert real_sightline("verify", str(kept), "--require-anchor").code == 2
