"""Mappings Explorer files."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import InputRejectedError
from graph.record import canonical, merkle_root
from loaders.evidence.model import Category, Claim, Effectiveness, EvidenceSet
from loaders.formats.ctid.collection import read_ctid
from loaders.formats.ctid.explorer import read_explorer
from loaders.reading.one_file import SourceFile
from loaders.reading.problems import Severity

METADATA: dict[str, Any] = {
    "attack_version": "16.1",
    "technology_domain": "enterprise",
    "mapping_framework": "aws",
    "mapping_framework_version": "12/12/2024",
    "creation_date": "09/21/2021",
    "last_update": "12/11/2024",
    "mapping_types": {"t1": {"name": "technique_scores", "description": ""}},
    "capability_groups": {"g": "The group"},
}
ROW: dict[str, Any] = {
    "capability_id": "macie",
    "capability_description": "Amazon Macie ",
    "capability_group": "g",
    "mapping_type": "t1",
    "attack_object_id": "T1528",
    "attack_object_name": "Steal Application Access Token",
    "status": "complete",
    "score_category": "detect",
    "score_value": "partial",
    "comments": "Because.",
    "references": [" https://example.com/a", "'https://example.com/b"],
}


def source(*rows: object, **metadata: object) -> SourceFile:
    content = {"metadata": {**METADATA, **metadata}, "mapping_objects": list(rows)}
    return SourceFile("m.json", json.dumps(content).encode(), "f" * 64)


def read(*rows: object, **metadata: object) -> EvidenceSet:
    found = read_explorer(source(*rows, **metadata))
    skipped = sum(problem.severity is not Severity.NOTE for problem in found.problems)
    assert found.pieces == len(rows) == (found.stored or 0) + skipped
    return found


def claims(found: EvidenceSet) -> list[Claim]:
    return [claim for item in found.items for claim in item.claims]


def codes(found: EvidenceSet) -> Counter[str]:
    return Counter(problem.code for problem in found.problems)


def test_a_row_is_a_claim_of_its_capability() -> None:
    found = read(ROW)
    (item,) = found.items
    assert (item.id, item.title, item.status, item.platforms) == ("macie", "Amazon Macie", "complete", ())
    (claim,) = item.claims
    assert (claim.attack_id, claim.category) == ("T1528", Category.DETECT)
    assert (claim.effectiveness, claim.confidence) == (Effectiveness.PARTIAL, None)
    assert (claim.raw_value, claim.as_of, claim.comment) == ("detect partial", "2024-12-11", "Because.")
    assert claim.references == ("https://example.com/a", "https://example.com/b")
    assert (claim.origin.pointer, claim.origin.sha256) == ("/mapping_objects/0", found.records[1].sha256)


def test_a_set_is_named_by_its_metadata() -> None:
    found = read(ROW)
    assert (found.key, found.attack_version, found.attack_domain) == (
        "ctid-aws@12.12.2024",
        "16.1",
        "enterprise-attack",
    )
    other = read(ROW, mapping_framework="nist_800_53", mapping_framework_version="rev5")
    assert other.key == "ctid-nist_800_53@rev5-attack-16.1"
    assert read_explorer(source(ROW), name="mine", version="1").key == "mine@1"


def test_the_root_ignores_how_the_file_is_laid_out() -> None:
    row = {key: ROW[key] for key in reversed(ROW)}
    content = {"mapping_objects": [row], "metadata": METADATA}
    pretty = SourceFile("m.json", json.dumps(content, indent=4).encode(), "0" * 64)
    roots = {merkle_root(each.data for each in read_explorer(file).records) for file in (source(ROW), pretty)}
    assert roots == {merkle_root([canonical(METADATA), canonical(ROW)])}


def test_a_row_that_repeats_another_is_counted_and_reported() -> None:
    found = read(ROW, {**ROW, "comments": "Otherwise."}, ROW)
    assert [claim.count for claim in claims(found)] == [2, 1]
    (problem,) = found.problems
    assert (problem.code, problem.pointer) == ("repeated-row", "/mapping_objects/2")


@pytest.mark.parametrize(
    ("changed", "category", "effectiveness", "code"),
    [
        ({"score_value": None}, Category.DETECT, None, "unknown-score-value"),
        ({"score_value": "0.7"}, Category.DETECT, None, "unknown-score-value"),
        ({"score_category": "divine"}, None, Effectiveness.PARTIAL, "unknown-score-category"),
        ({"score_category": None, "score_value": None}, None, None, "no-score"),
        (
            {"attack_version": "[UNKNOWN_VERSION]"},
            Category.DETECT,
            Effectiveness.PARTIAL,
            "other-attack-version",
        ),
        ({"references": ["no address"]}, Category.DETECT, Effectiveness.PARTIAL, "bad-reference"),
    ],
)
def test_what_is_odd_in_a_row_is_noted_and_never_guessed(
    changed: dict[str, Any], category: Category | None, effectiveness: Effectiveness | None, code: str
) -> None:
    found = read({**ROW, **changed})
    (claim,) = claims(found)
    assert (claim.category, claim.effectiveness) == (category, effectiveness)
    assert codes(found) == {code: 1}


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({**ROW, "capability_id": None, "status": "non_mappable"}, "no-capability"),
        ({**ROW, "attack_object_id": "AC-2"}, "bad-attack-id"),
        ({**ROW, "capability_id": "x" * 600}, "too-long"),
        ([], "not-a-mapping"),
        ("row", "not-a-mapping"),
    ],
)
def test_a_row_that_cannot_be_taken_is_reported_with_its_place(row: object, code: str) -> None:
    found = read(ROW, row)
    (problem,) = found.problems
    assert (problem.code, problem.pointer, problem.severity) == (code, "/mapping_objects/1", Severity.SKIPPED)
    assert problem.sha256 == found.records[2].sha256


def test_a_row_that_maps_nothing_still_says_that_its_capability_exists() -> None:
    empty = {
        **ROW,
        "attack_object_id": None,
        "status": "non_mappable",
        "score_category": None,
        "score_value": None,
    }
    found = read({**empty, "references": None, "comments": "Not a control."})
    (item,) = found.items
    assert (item.claims, item.status, item.description) == ((), "non_mappable", "Not a control.")
    assert codes(found) == {}


@pytest.mark.parametrize(
    ("mapping_type", "category", "raw"),
    [
        ("mitigates", Category.MITIGATE, "mitigates"),
        ("m1", Category.MITIGATE, "mitigates"),
        ("x1", None, "primary_impact"),
        (None, None, None),
    ],
)
def test_a_mapping_without_scores_goes_by_its_type(
    mapping_type: str | None, category: Category | None, raw: str | None
) -> None:
    row = {**ROW, "mapping_type": mapping_type, "score_category": None, "score_value": None}
    types = {"m1": {"name": "mitigates"}, "x1": {"name": "primary_impact"}}
    (claim,) = claims(read(row, mapping_types=types))
    assert (claim.category, claim.raw_value) == (category, raw)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"{}", "m.json: not a Mappings Explorer file"),
        (b'{"mapping_objects": {}}', "m.json: not a Mappings Explorer file"),
        (b'{"mapping_objects": []}', "m.json: its metadata has no mapping_framework; pass --set"),
        (
            b'{"metadata": {"mapping_framework": "a"}, "mapping_objects": []}',
            "m.json: its metadata has no mapping_f",
        ),
        (b'{"metadata": NaN}', "m.json: "),
    ],
)
def test_what_is_no_such_file_is_rejected(data: bytes, message: str) -> None:
    with pytest.raises(InputRejectedError) as caught:
        read_explorer(SourceFile("m.json", data, ""))
    assert str(caught.value).startswith(message)


_VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-9, 9), st.text(max_size=5), st.lists(st.text(max_size=3), max_size=2),
    *(st.just(word) for word in ("detect", "partial", "complete", "non_mappable", "T1528", "macie")),
)  # fmt: skip


@given(st.lists(st.dictionaries(st.sampled_from(sorted(ROW)), _VALUES), max_size=6))
def test_every_row_is_stored_or_reported(rows: list[dict[str, object]]) -> None:
    found = read(*rows)
    counted = sum(claim.count for claim in claims(found))
    without_technique = sum(problem.code == "no-technique" for problem in found.problems)
    assert counted <= (found.stored or 0)
    assert len(found.records) == len(rows) + 1
    assert without_technique <= (found.stored or 0) - counted


class TestOtherExports:
    """The Explorer offers each mapping as JSON, YAML and CSV; its editor writes YAML."""

    def test_yaml_is_the_json(self, tmp_path: Path) -> None:
        content = {"metadata": METADATA, "mapping_objects": [ROW]}
        (tmp_path / "a.yaml").write_text(yaml.safe_dump(content, sort_keys=False))
        (tmp_path / "b.json").write_text(json.dumps(content))
        roots = []
        for name in ("a.yaml", "b.json"):
            (found,) = read_ctid([str(tmp_path / name)]).sets
            roots.append((found.key, merkle_root(record.data for record in found.records)))
        assert roots[0] == roots[1]

    @pytest.mark.parametrize("place", ["metadata", "row"])
    def test_an_integer_that_json_has_not_is_refused(self, tmp_path: Path, place: str) -> None:
        odd = {"odd": 2**53 + 1}
        metadata, row = (METADATA | odd, ROW) if place == "metadata" else (METADATA, ROW | odd)
        (tmp_path / "a.yaml").write_text(yaml.safe_dump({"metadata": metadata, "mapping_objects": [row]}))
        with pytest.raises(InputRejectedError, match="write it as text, in quotes"):
            read_ctid([str(tmp_path / "a.yaml")])

    def test_csv_is_named(self, tmp_path: Path) -> None:
        (tmp_path / "mapping.csv").write_text("capability_id,attack_object_id\ndoor,T1528\n")
        with pytest.raises(InputRejectedError, match="is the CSV export of a mapping; give the JSON"):
            read_ctid([str(tmp_path / "mapping.csv")])

    @pytest.mark.parametrize("version", [2.1, 2])
    def test_a_version_that_is_a_number_is_named(self, tmp_path: Path, version: float) -> None:
        metadata = {**METADATA, "mapping_framework_version": version}
        (tmp_path / "a.json").write_text(json.dumps({"metadata": metadata, "mapping_objects": [ROW]}))
        with pytest.raises(
            InputRejectedError, match=f"mapping_framework_version {version} is not text; put it in q"
        ):
            read_ctid([str(tmp_path / "a.json")])

    def test_a_release_with_a_v(self, tmp_path: Path) -> None:
        metadata = {**METADATA, "attack_version": "v16.1"}
        (tmp_path / "a.json").write_text(json.dumps({"metadata": metadata, "mapping_objects": [ROW]}))
        (found,) = read_ctid([str(tmp_path / "a.json")]).sets
        assert found.attack_version == "16.1"


def test_a_key_twice_with_the_same_value_is_a_note() -> None:
    found = with_text_in_row('"status": "complete"', '"status": "complete", "status": "complete"')
    assert [(each.code, each.pointer, each.severity) for each in found.problems] == [
        ("duplicate-key", "/mapping_objects/0", Severity.NOTE)
    ]
    assert [claim.attack_id for claim in claims(found)] == ["T1528", "T1110"]


def test_a_key_twice_with_different_values_rejects_its_row_alone() -> None:
    found = with_text_in_row('"status": "complete"', '"status": "complete", "status": "in_progress"')
    assert [(each.code, each.pointer, each.severity) for each in found.problems] == [
        ("duplicate-key", "/mapping_objects/0", Severity.SKIPPED)
    ]
    assert [claim.attack_id for claim in claims(found)] == ["T1110"]
    assert (found.pieces, found.stored) == (2, 1)


def with_text_in_row(written: str, instead: str) -> EvidenceSet:
    """Return what is read where the first row has another text."""
    data = source(ROW, {**ROW, "attack_object_id": "T1110"}).data.decode().replace(written, instead, 1)
    return read_explorer(SourceFile("m.json", data.encode(), "f" * 64))


def test_a_key_twice_with_different_values_in_the_metadata_refuses_the_file() -> None:
    with pytest.raises(InputRejectedError, match="'attack_version' appears twice"):
        with_text_in_row('"attack_version": "16.1"', '"attack_version": "16.1", "attack_version": "15.1"')


@pytest.mark.parametrize(
    ("domain", "name"),
    [("enterprise", "ctid-aws"), ("mobile", "ctid-aws-mobile"), ("ics-attack", "ctid-aws-ics")],
)
def test_the_domain_is_part_of_what_the_set_is(domain: str, name: str) -> None:
    assert read(ROW, technology_domain=domain).name == name


def test_a_folder_of_every_domain_is_read_at_once(tmp_path: Path) -> None:
    for domain in ("enterprise", "mobile", "ics"):
        data = source(ROW, technology_domain=domain).data
        (tmp_path / f"{domain}.json").write_bytes(data)
    keys = {each.key for each in read_ctid([str(tmp_path)]).sets}
    assert keys == {"ctid-aws@12.12.2024", "ctid-aws-mobile@12.12.2024", "ctid-aws-ics@12.12.2024"}
    named = {each.key for each in read_ctid([str(tmp_path)], version="all").sets}
    assert named == {"ctid-aws@all", "ctid-aws-mobile@all", "ctid-aws-ics@all"}


def test_an_id_with_an_own_prefix_is_an_id() -> None:
    found = read({**ROW, "attack_object_id": "ACME-T0001.001"})
    assert [claim.attack_id for claim in claims(found)] == ["ACME-T0001.001"]
    assert codes(found)["bad-attack-id"] == 0
