"""Security Stack mapping files."""

from collections import Counter
from pathlib import Path
from zipfile import ZipFile

import pytest

from graph.errors import InputRejectedError, UsageError
from loaders.evidence.model import Category, Effectiveness
from loaders.formats.ctid.collection import CtidReading, read_ctid
from loaders.reading.problems import Severity

MAPPING = """\
version: 1
ATT&CK version: 9
creation date: 04/16/2021
name: Amazon Macie
platform: AWS
tags: [Storage]
description: Finds data.
techniques:
  - id: T1530
    name: Data from Cloud Storage
    technique-scores:
      - {category: Detect, value: Partial, comments: Some of it.}
      - {category: Protect, value: Minimal}
    sub-techniques-scores:
      - sub-techniques:
          - {id: T1530.001, name: One}
          - {id: T1530.002, name: Two}
        scores:
          - {category: Respond, value: Significant}
references: [https://example.com/macie]
"""


def folder(tmp_path: Path, **files: str) -> CtidReading:
    for name, text in files.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    read = read_ctid([str(tmp_path)])
    for each in read.sets:
        skipped = sum(problem.severity is not Severity.NOTE for problem in each.problems)
        assert each.pieces == (each.stored or 0) + skipped
    return read


def test_a_score_speaks_of_each_technique_it_stands_under(tmp_path: Path) -> None:
    (found,) = folder(tmp_path, a=MAPPING).sets
    (item,) = found.items
    assert (found.key, found.attack_version, found.pieces) == ("ctid-stack-aws@9.0", "9.0", 3)
    assert (item.id, item.title, item.description) == ("amazon_macie", "Amazon Macie", "Finds data.")
    assert [(claim.attack_id, claim.category, claim.effectiveness) for claim in item.claims] == [
        ("T1530", Category.DETECT, Effectiveness.PARTIAL),
        ("T1530", Category.PROTECT, Effectiveness.MINIMAL),
        ("T1530.001", Category.RESPOND, Effectiveness.SIGNIFICANT),
        ("T1530.002", Category.RESPOND, Effectiveness.SIGNIFICANT),
    ]
    assert item.claims[3].origin.pointer == "/techniques/0/sub-techniques-scores/0/scores/0"
    assert item.claims[0].as_of == "2021-04-16"
    assert item.claims[0].references == ("https://example.com/macie",)


def test_a_mapping_without_techniques_says_that_its_capability_exists(tmp_path: Path) -> None:
    text = f"{MAPPING[: MAPPING.index('techniques:')]}techniques:\nreferences:\n"
    (found,) = folder(tmp_path, a=text).sets
    assert (found.pieces, found.items[0].claims, found.problems) == (1, (), ())


@pytest.mark.parametrize(
    ("written", "release"), [("9", "9.0"), ("8.2", "8.2"), ("10", "10.0"), ("'10.0'", "10.0")]
)
def test_releases_are_read_however_they_are_written(tmp_path: Path, written: str, release: str) -> None:
    (found,) = folder(tmp_path, a=MAPPING.replace("ATT&CK version: 9", f"ATT&CK version: {written}")).sets
    assert found.attack_version == release


def test_there_is_a_set_for_each_platform_and_release(tmp_path: Path) -> None:
    read = folder(
        tmp_path,
        a=MAPPING,
        b=MAPPING.replace("Amazon Macie", "AWS S3"),
        c=MAPPING.replace("platform: AWS", "platform: GCP"),
        d=MAPPING.replace("ATT&CK version: 9", "ATT&CK version: 10"),
    )
    assert {each.key: len(each.items) for each in read.sets} == {
        "ctid-stack-aws@10.0": 1,
        "ctid-stack-aws@9.0": 2,
        "ctid-stack-gcp@9.0": 1,
    }


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (MAPPING.replace("value: Partial", "value: Fine"), "unknown-score", 12),
        (MAPPING.replace("id: T1530\n", "id: Macie\n"), "bad-attack-id", 12),
        (MAPPING.replace("[https", "https").replace("macie]", "macie"), "not-a-list", 20),
        (MAPPING.replace("{id: T1530.002, name: Two}", "T1530.002"), "not-a-mapping", 17),
    ],
)
def test_what_is_odd_is_reported_with_its_line(tmp_path: Path, text: str, code: str, line: int) -> None:
    (found,) = folder(tmp_path, a=text).sets
    assert (found.problems[0].code, found.problems[0].pointer) == (code, f"line {line}")


def test_a_capability_that_is_mapped_twice_is_taken_once(tmp_path: Path) -> None:
    (found,) = folder(tmp_path, a=MAPPING, b=MAPPING).sets
    assert len(found.items) == 1
    assert [problem.code for problem in found.problems] == ["repeated-capability"]


def test_other_files_among_the_mappings_are_reported(tmp_path: Path) -> None:
    (tmp_path / "layer.json").write_text('{"name": "a layer"}', encoding="utf-8")
    read = folder(tmp_path, a=MAPPING, b="name: only\n", c="x: [\n", d=f"{MAPPING}---\n{MAPPING}")
    assert len(read.sets) == 1
    assert Counter(problem.code for problem in read.problems) == {
        "not-a-mapping-file": 2,
        "yaml-syntax": 1,
        "two-documents": 1,
    }


def test_a_file_name_with_a_space_and_an_archive_do(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "m.zip", "w") as archive:
        archive.writestr("mappings/AWS/Amazon Macie.yaml", MAPPING)
    (found,) = read_ctid([str(tmp_path / "m.zip")]).sets
    assert found.items[0].path.endswith("m.zip!mappings/AWS/Amazon Macie.yaml")


def test_a_path_without_a_mapping_is_rejected(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("name: only\n", encoding="utf-8")
    with pytest.raises(
        InputRejectedError, match=r"a\.yaml: line 1: not-a-mapping-file: has no name, platform"
    ):
        read_ctid([str(tmp_path)])


def test_one_name_is_not_for_several_sets(tmp_path: Path) -> None:
    folder(tmp_path, a=MAPPING, b=MAPPING.replace("platform: AWS", "platform: GCP"))
    with pytest.raises(UsageError, match="there are 2 sets"):
        read_ctid([str(tmp_path)], version="1")


def test_one_set_is_not_loaded_twice(tmp_path: Path) -> None:
    folder(tmp_path, a=MAPPING)
    with pytest.raises(InputRejectedError, match=r"is the set ctid-stack-aws@9\.0, and so is"):
        read_ctid([str(tmp_path), str(tmp_path)])
