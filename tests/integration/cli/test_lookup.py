"""Finding things by what people call them: old ids, own ids, names, aliases, links, parts of log-source names."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.server.settings import Target
from tests.bundles import Body, bundle, matrix, thing, tie
from tests.integration.cli.conftest import Sightline, answer, brought
from tests.integration.queries.small_sets import guidance, tactic, technique

RULE = """
title: Badge Borrowed
id: 15151515-aaaa-4bbb-8ccc-000000000001
status: test
tags: [attack.acme-t0001]
logsource: {product: linux, category: process_creation}
detection:
  sel: {Image: /x}
  condition: sel
"""


def objects() -> list[Body]:
    old = technique("T1086", "Windows", name="PowerShell", revoked=True)
    new = technique("T1059.001", "Windows", name="PowerShell", tactics=["execution"])
    own = technique("ACME-T0001", "Linux", name="Borrow A Badge", tactics=["execution"])
    bear = thing("intrusion-set", "Bear 28", "G0007", aliases=["Bear 28", "FANCY BEAR"])
    other = thing(
        "intrusion-set",
        "Bear 29",
        "G0016",
        aliases=["Bear 29", "The Dukes"],
        description="Fancy bear, fancy bear.",
    )
    return [
        tactic("Execution", "TA0002", "execution"),
        *(old, new, own, bear, other),
        thing("course-of-action", "A PowerShell Mitigation", "T1086", x_mitre_deprecated=True),
        thing("malware", "Twin", "S0001", description="sysmon"),
        thing("malware", "twin", "S0002"),
        tie("revoked-by", old, new),
        *guidance(new, "Windows", "WinEventLog:Sysmon", "AWS:CloudTrail"),
    ]


@pytest.fixture(scope="module")
def loaded(server: Target, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    folder: Path = tmp_path_factory.mktemp("inputs")
    every = objects()
    (folder / "attack.json").write_bytes(bundle(matrix("enterprise-attack", every[0]), *every, version=None))
    (folder / "rule.yml").write_text(RULE)
    with brought(
        server,
        ["load", "attack", str(folder / "attack.json"), "--release", "Enterprise@v18.1"],
        ["load", "sigma", str(folder / "rule.yml"), "--set", "mine", "--set-version", "1"],
    ) as filled:
        yield filled


class TestRetiredIds:
    def test_the_technique_is_shown_and_its_successor_said(self, sightline: Sightline) -> None:
        shown = answer(sightline, "show", "T1086")
        assert (shown["type"], shown["name"]) == ("Technique", "PowerShell")
        assert [each["attack_id"] for each in shown["revoked_by"]] == ["T1059.001"]
        assert [each["type"] for each in shown["also"]] == ["Mitigation"]

    def test_raw_gives_the_technique_and_says_its_successor(self, sightline: Sightline) -> None:
        run = sightline("raw", "T1086", "--format", "json")
        assert json.loads(run.out)["type"] == "Technique"
        assert "replaced by T1059.001" in run.err
        assert "also names a Mitigation" in run.err


class TestForms:
    @pytest.mark.parametrize(
        "written",
        ["https://attack.mitre.org/techniques/T1059/001/", "T1059/001", "attack.t1059.001"],
    )
    @pytest.mark.parametrize(
        "command", ["show", "raw", "coverage", "related", "history", "trace", "conflicts"]
    )
    def test_an_id_is_taken_as_it_is_written(self, sightline: Sightline, command: str, written: str) -> None:
        run = sightline(command, written)
        assert run.code == 0, run.err

    @pytest.mark.parametrize(
        "release", ["v18.1", "Enterprise-Attack@18.1", "enterprise@V18.1", "enterprise-attack@18.1"]
    )
    def test_a_release_is_taken_as_it_is_written(self, sightline: Sightline, release: str) -> None:
        assert sightline("coverage", "T1059.001", "--release", release).code == 0

    def test_a_release_without_its_minor_number_is_asked_back(self, sightline: Sightline) -> None:
        run = sightline("coverage", "T1059.001", "--release", "18")
        assert run.code == 12
        assert "18: this release is not loaded; did you mean enterprise-attack@18.1?" in run.err

    def test_a_domain_is_not_a_release(self, sightline: Sightline) -> None:
        run = sightline("coverage", "T1059.001", "--release", "enterprise")
        assert run.code == 12
        assert "pass --domain enterprise" in run.err


class TestOwnIds:
    def test_what_is_printed_can_be_typed_back(self, sightline: Sightline) -> None:
        for command in ("show", "raw", "coverage", "related", "history", "trace", "why"):
            words = (command, "acme-t0001")
            if command != "why":
                assert sightline(*words).code == 0, command
            else:
                assert "takes technique ids" not in sightline(*words).err

    def test_a_tag_counts_for_it(self, sightline: Sightline) -> None:
        rows = answer(sightline, "coverage", "ACME-T0001")
        assert [(row["platform"], row["state"], row["detect"]) for row in rows] == [("Linux", "covered", 1)]


class TestNames:
    @pytest.mark.parametrize(
        ("name", "attack_id"),
        [
            ("fancy bear", "G0007"),
            ("Bear 29", "G0016"),
            ("powershell", "T1059.001"),
            ("borrow a badge", "ACME-T0001"),
        ],
    )
    def test_a_unique_name_or_alias_is_taken(self, sightline: Sightline, name: str, attack_id: str) -> None:
        for command in ("show", "raw"):
            run = sightline(command, name, "--format", "json")
            assert json.loads(run.out)["attack_id"] == attack_id
            assert attack_id in run.err

    def test_so_is_the_title_of_a_rule(self, sightline: Sightline) -> None:
        assert answer(sightline, "show", "badge borrowed")["id"].startswith("15151515")

    def test_of_two_of_one_name_none_is_chosen(self, sightline: Sightline) -> None:
        run = sightline("show", "Twin")
        assert run.code == 12
        assert "did you mean S0001 (Twin) or S0002 (twin)?" in run.err

    @pytest.mark.parametrize(
        ("text", "first", "match"),
        [
            ("fancy bear", "G0007", "alias"),
            ("Badge Borrowed", "15151515-aaaa-4bbb-8ccc-000000000001", "name"),
            ("t1059.001", "T1059.001", "id"),
        ],
    )
    def test_exact_names_come_first(self, sightline: Sightline, text: str, first: str, match: str) -> None:
        found = answer(sightline, "search", text)
        assert (found[0]["attack_id"], found[0]["match"]) == (first, match)

    @pytest.mark.parametrize(
        ("text", "name"),
        [("sysmon", "WinEventLog:Sysmon"), ("CloudTrail", "AWS:CloudTrail"), ("aws trail", "AWS:CloudTrail")],
    )
    def test_parts_of_log_source_names_are_found(self, sightline: Sightline, text: str, name: str) -> None:
        found = answer(sightline, "search", text)
        assert found[0]["type"] == "LogSource"
        assert (name, "part") in [(each["name"], each["match"]) for each in found]
