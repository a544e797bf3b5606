"""Folders, archives and files of Sigma rules."""

import hashlib
from collections import Counter
from pathlib import Path
from zipfile import ZipFile

import pytest

from graph.errors import InputRejectedError, UsageError
from graph.holding.rows import Nodes
from loaders.evidence.model import Category
from loaders.formats.sigma.collection import SigmaSet, read_sigma, set_name
from loaders.formats.sigma.rows import sigma_rows
from loaders.formats.sigma.rule import Family, Related
from loaders.reading.one_file import SourceFile
from loaders.reading.problems import Severity
from loaders.tables.aliases import aliases
from loaders.tables.sigma_sources import SigmaLogSource

RULE = """\
title: Token theft
id: 6f1e0c9e-0000-4000-8000-000000000001
status: test
level: high
author: A. Nalyst
date: 2026/04/01
modified: 2026-04-02
tags:
  - attack.credential_access
  - attack.t1528
  - attack.g0007
logsource: {product: azure, service: auditlogs}
detection: {selection: {a: b}, condition: selection}
related:
  - {id: 6f1e0c9e-0000-4000-8000-000000000002, type: derived}
license: MIT
"""


def with_id(number: int, text: str = RULE) -> str:
    return text.replace("000000000001", f"{number:012}")


def folder(tmp_path: Path, **files: str) -> SigmaSet:
    for name, text in files.items():
        (tmp_path / f"{name}.yml").write_text(text, encoding="utf-8")
    return read_sigma(str(tmp_path), name="mine", version="1")


def codes(read: SigmaSet) -> Counter[str]:
    return Counter(problem.code for problem in read.evidence.problems)


def accounted_for(read: SigmaSet) -> bool:
    skipped = sum(problem.severity is not Severity.NOTE for problem in read.evidence.problems)
    return (
        read.evidence.pieces
        == (read.evidence.stored or 0) + skipped
        == len(read.rules) + read.applied + skipped
    )


def test_a_rule_is_read_whole(tmp_path: Path) -> None:
    (rule,) = folder(tmp_path, a=RULE).rules
    assert (rule.title, rule.status, rule.level, rule.author) == ("Token theft", "test", "high", "A. Nalyst")
    assert rule.license == "MIT"
    assert (rule.date, rule.modified) == ("2026-04-01", "2026-04-02")
    assert (rule.family, rule.line) == (Family.DETECTION, 1)
    assert rule.sha256 == hashlib.sha256(RULE.encode()).hexdigest()
    assert rule.log_sources == (SigmaLogSource("azure", "", "auditlogs"),)
    assert rule.platforms == ("Identity Provider",)
    assert (rule.tactics, rule.names) == (("credential-access",), ("G0007",))
    assert rule.tags == ("attack.credential_access", "attack.t1528", "attack.g0007")
    assert rule.related == (Related("6f1e0c9e-0000-4000-8000-000000000002", "derived"),)
    (claim,) = rule.claims
    assert (claim.attack_id, claim.category, claim.count) == ("T1528", Category.DETECT, 1)
    assert (claim.origin.pointer, claim.origin.sha256) == ("/tags/1", rule.sha256)
    assert claim.confidence is None


def test_folder_and_archive_hold_the_same_records(tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    with ZipFile(tmp_path / "rules.zip", "w") as archive:
        for number in range(3):
            (rules / f"{number}.yml").write_text(with_id(number), encoding="utf-8")
            archive.writestr(f"{number}.yml", with_id(number))
    one, other = (read_sigma(str(tmp_path / name), version="1") for name in ("rules", "rules.zip"))
    assert one.evidence.records == other.evidence.records
    assert one.evidence.key == other.evidence.key == "rules@1"
    assert other.evidence.file_sha256 == hashlib.sha256((tmp_path / "rules.zip").read_bytes()).hexdigest()


def test_one_bad_rule_does_not_stop_the_others(tmp_path: Path) -> None:
    read = folder(tmp_path, a=with_id(1), b="title: [unclosed\n", c=with_id(3))
    assert len(read.rules) == 2
    (problem,) = read.evidence.problems
    assert problem.path.endswith("b.yml")
    assert problem.pointer.startswith("line ")
    assert problem.severity is Severity.SKIPPED
    assert accounted_for(read)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (RULE.replace("title: Token theft\n", ""), "no-title", 1),
        (RULE.replace("detection:", "detections:"), "not-a-rule", 1),
        (
            RULE.replace("detection: {selection: {a: b}, condition: selection}", "detection: x"),
            "not-a-rule",
            13,
        ),
        (RULE.replace("6f1e0c9e", "x" * 600), "too-long", 2),
        (RULE.replace("auditlogs", "y" * 600), "too-long", 12),
    ],
)
def test_what_is_no_rule_is_skipped_with_its_line(tmp_path: Path, text: str, code: str, line: int) -> None:
    read = folder(tmp_path, a=text)
    assert read.rules == ()
    (problem,) = read.evidence.problems
    assert (problem.code, problem.pointer, problem.severity) == (code, f"line {line}", Severity.SKIPPED)
    assert accounted_for(read)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (RULE.replace("attack.g0007", "attack.t15"), "unknown-tag", 11),
        (RULE.replace("attack.g0007", "attack.T1528"), "repeated-tag", 11),
        (RULE.replace("2026/04/01", "2026-02-30"), "bad-date", 6),
        (
            RULE.replace("title: Token theft", "title: Token theft\nlevel_: 1").replace("high", "[a]"),
            "not-text",
            5,
        ),
        (RULE.replace("logsource: {product: azure, service: auditlogs}\n", ""), "no-log-source", 1),
        (RULE.replace(", type: derived", ""), "bad-related", 15),
        (RULE.replace("id: 6f1e0c9e-0000-4000-8000-000000000001\n", ""), "no-id", 1),
        (RULE.replace("auditlogs", "nosuchlog"), "unknown-log-source", 1),
    ],
)
def test_what_is_odd_is_a_note_with_its_line(tmp_path: Path, text: str, code: str, line: int) -> None:
    read = folder(tmp_path, a=text)
    assert len(read.rules) == 1
    (problem,) = read.evidence.problems
    assert (problem.code, problem.pointer, problem.severity) == (code, f"line {line}", Severity.NOTE)


def test_a_rule_without_id_gets_one_from_its_content(tmp_path: Path) -> None:
    text = RULE.replace("id: 6f1e0c9e-0000-4000-8000-000000000001\n", "")
    (rule,) = folder(tmp_path, a=text).rules
    assert rule.id == f"sha256-{hashlib.sha256(text.encode()).hexdigest()[:32]}"


def test_a_tag_that_stands_twice_is_one_claim_that_counts_two(tmp_path: Path) -> None:
    (rule,) = folder(tmp_path, a=RULE.replace("attack.g0007", "attack.t1528")).rules
    assert [(claim.attack_id, claim.count) for claim in rule.claims] == [("T1528", 2)]


def test_an_id_that_stands_twice_is_reported(tmp_path: Path) -> None:
    read = folder(tmp_path, a=RULE, b=RULE, c=RULE.replace("high", "low"))
    assert len(read.rules) == 1
    assert [problem.message.partition(" has the id")[0] for problem in read.evidence.problems] == [
        "the same rule",
        "another rule",
    ]
    assert accounted_for(read)


def test_a_file_of_several_documents_is_several_rules(tmp_path: Path) -> None:
    read = folder(tmp_path, a=f"{with_id(1)}---\n{with_id(2)}---\n{with_id(3)}")
    lines = RULE.count("\n") + 1
    assert [rule.line for rule in read.rules] == [1, 1 + lines - 1, 1 + 2 * lines - 1]
    assert len({rule.sha256 for rule in read.rules}) == 3
    assert accounted_for(read)


def test_a_global_document_speaks_for_those_after_it(tmp_path: Path) -> None:
    shared = "action: global\ntitle: Shared\nlogsource: {product: windows}\ntags: [attack.t1059]\n"
    own = "---\nid: {id}\nlogsource: {{service: {service}}}\ndetection: {{s: {{a: b}}, condition: s}}\n"
    read = folder(
        tmp_path, a=shared + own.format(id="a", service="security") + own.format(id="b", service="system")
    )
    assert [(rule.title, str(rule.log_sources[0])) for rule in read.rules] == [
        ("Shared", "sigma:windows//security"),
        ("Shared", "sigma:windows//system"),
    ]
    assert all(rule.claims[0].attack_id == "T1059" for rule in read.rules)
    assert (read.evidence.pieces, read.applied) == (3, 1)
    assert accounted_for(read)


def test_a_correlation_rule_reads_what_its_rules_read(tmp_path: Path) -> None:
    correlation = (
        "title: Many\nid: c\ntags: [attack.t1110]\n"
        "correlation: {type: event_count, rules: [failed, nosuch], timespan: 1h}\n"
    )
    read = folder(tmp_path, a=RULE.replace("status:", "name: failed\nstatus:"), b=correlation)
    many = next(rule for rule in read.rules if rule.id == "c")
    assert many.family is Family.CORRELATION
    assert many.refers_to == ("failed", "nosuch")
    assert [str(source) for source in many.log_sources] == ["sigma:azure//auditlogs"]
    assert many.platforms == ("Identity Provider",)
    assert codes(read) == {"unknown-rule": 1}


def test_correlation_rules_that_count_each_other_end(tmp_path: Path) -> None:
    text = "title: {0}\nid: {0}\ncorrelation: {{type: temporal, rules: [{1}], timespan: 1h}}\n"
    read = folder(tmp_path, a=text.format("a", "b"), b=text.format("b", "a"))
    assert [rule.log_sources for rule in read.rules] == [(), ()]


def test_a_filter_detects_nothing(tmp_path: Path) -> None:
    text = RULE.replace("detection:", "filter:")
    (rule,) = folder(tmp_path, a=text).rules
    assert rule.family is Family.FILTER
    assert [claim.category for claim in rule.claims] == [None]


def test_a_users_table_row_places_a_rule(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(RULE.replace("auditlogs", "mine"), encoding="utf-8")
    columns = "product,category,service,scope,platforms,log_sources,data_components\n"
    mine = SourceFile("mine.csv", f"{columns}azure,,mine,log,SaaS,,\n".encode(), "")
    read = read_sigma(str(tmp_path / "a.yml"), version="1", tables=aliases([mine]))
    assert read.rules[0].platforms == ("SaaS",)
    assert codes(read) == {}


@pytest.mark.parametrize(
    ("path", "name", "version", "expected"),
    [
        ("x/sigma-rules-r2026-04-01.zip", None, None, ("sigmahq", "r2026-04-01")),
        ("x/sigma_core_r2026-04-01", None, None, ("sigmahq", "r2026-04-01")),
        ("x/Our Rules/", None, "7", ("our-rules", "7")),
        ("x/sigma-rules-r2026-04-01.zip", "corp", "2", ("corp", "2")),
    ],
)
def test_a_set_is_named_by_its_path(
    path: str, name: str | None, version: str | None, expected: tuple[str, str]
) -> None:
    assert set_name(path, name, version) == expected


def test_a_path_without_a_version_asks_for_it(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="pass --set-version"):
        read_sigma(str(tmp_path))


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRejectedError):
        read_sigma(str(tmp_path), version="1")


def test_the_events_that_a_rule_looks_for_are_read(tmp_path: Path) -> None:
    detection = (
        "detection:\n  one: {EventID: 4624}\n  any:\n    - {EventID: [4625, '4648']}\n    - {a: {EventID: 1}}\n"
        "  filter_known: {EventID: 4634}\n  condition: one or any and not filter_known\n"
    )
    text = RULE.replace("detection: {selection: {a: b}, condition: selection}\n", detection)
    (rule,) = folder(tmp_path, a=text).rules
    assert rule.event_ids == ("1", "4624", "4625", "4648")


PAIR = """\
title: Many {0}
id: c-{0}
correlation: {{type: event_count, rules: [failed_logon], timespan: 10m}}
---
title: Failed {0}
id: d-{0}
name: failed_logon
logsource: {{product: {1}, service: {2}}}
detection: {{s: {{a: b}}, condition: s}}
"""


def test_a_name_in_the_same_file_is_nearer_than_one_elsewhere(tmp_path: Path) -> None:
    read = folder(
        tmp_path, a=PAIR.format("one", "windows", "security"), b=PAIR.format("other", "okta", "okta")
    )
    counted = {rule.id: (rule.about, [str(source) for source in rule.log_sources]) for rule in read.rules}
    assert counted["c-one"] == (("d-one",), ["sigma:windows//security"])
    assert counted["c-other"] == (("d-other",), ["sigma:okta//okta"])
    assert codes(read) == {}


def test_a_name_that_two_rules_elsewhere_have_means_neither(tmp_path: Path) -> None:
    many = "title: Many\nid: c\ncorrelation: {type: event_count, rules: [failed_logon], timespan: 1h}\n"
    one, other = (PAIR.format(name, "okta", "okta").partition("---\n")[2] for name in ("one", "other"))
    read = folder(tmp_path, a=many, b=one, c=other)
    assert (read.rules[0].about, read.rules[0].log_sources) == ((), ())
    assert codes(read) == {"ambiguous-rule": 1}


def test_documents_with_the_id_of_a_global_document_are_all_kept(tmp_path: Path) -> None:
    shared = "action: global\ntitle: One idea\nid: g\ndetection: {condition: sel}\n"
    own = "---\nlogsource: {{product: {0}}}\ndetection: {{sel: {{a: b}}}}\n"
    read = folder(tmp_path, a=shared + own.format("windows") + own.format("okta"))
    assert [(rule.id, rule.log_sources[0].product) for rule in read.rules] == [
        ("g", "windows"),
        ("g.2", "okta"),
    ]
    assert [read.values[rule.id]["id"] for rule in read.rules] == ["g", "g"]
    assert "repeated-id" not in codes(read)
    assert accounted_for(read)


def test_a_copied_file_with_a_global_id_is_repeated(tmp_path: Path) -> None:
    text = "action: global\ntitle: x\nid: g\nlogsource: {product: windows}\n" + (
        "---\ndetection: {s: {a: b}, condition: s}\n" * 2
    )
    read = folder(tmp_path, a=text, b=text)
    assert [rule.id for rule in read.rules] == ["g", "g.2"]
    assert codes(read)["repeated-id"] == 2
    assert accounted_for(read)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("t1070.006", "attack.t1070.006"),
        ("T1012", "attack.t1012"),
        ("mitre.t1003.001", "attack.t1003.001"),
        ("attack_t1555", "attack.t1555"),
        ("attack.t1059-001", "attack.t1059.001"),
    ],
)
def test_a_technique_in_another_form_is_noted_and_not_claimed(
    tmp_path: Path, written: str, meant: str
) -> None:
    read = folder(tmp_path, a=RULE.replace("attack.g0007", written))
    assert [claim.attack_id for claim in read.rules[0].claims] == ["T1528"]
    (problem,) = read.evidence.problems
    assert (problem.code, problem.pointer) == ("unknown-tag", "line 11")
    assert problem.message.endswith(f"did you mean {meant}")


def test_prose_beside_a_detection_is_noted_and_not_read(tmp_path: Path) -> None:
    read = folder(tmp_path, a=f"{RULE}correlation: look for many of these\n")
    assert [(rule.family, len(rule.claims)) for rule in read.rules] == [(Family.DETECTION, 1)]
    (problem,) = read.evidence.problems
    assert (problem.code, problem.pointer, problem.severity) == ("not-a-mapping", "line 17", Severity.NOTE)


@pytest.mark.parametrize(
    ("detection", "reason"),
    [
        ("detection: {selection: {a: b}}\ncondition: selection", "has no condition"),
        ("detection: {}", "has no condition"),
        ("detection: {condition: selection}", "has no search"),
        ("detection: {selection: {}, timeframe: 1m, condition: selection}", "has no search"),
        ("correlation: {type: event_count}", "names no rules to count"),
    ],
)
def test_a_rule_that_can_detect_nothing_is_kept_noted_and_not_counted(
    tmp_path: Path, detection: str, reason: str
) -> None:
    text = RULE.replace("detection: {selection: {a: b}, condition: selection}", detection)
    read = folder(tmp_path, a=text)
    (rule,) = read.rules
    assert rule.useless == reason
    (problem,) = read.evidence.problems
    assert (problem.code, problem.pointer, problem.severity) == ("detects-nothing", "line 13", Severity.NOTE)
    (node,) = (row for batch in sigma_rows(read, aliases()).batches for row in rule_nodes(batch))
    assert (node["counted"], node["not_counted"]) == (False, f"{rule.family.value} {reason}")


def rule_nodes(batch: object) -> list[dict[str, object]]:
    return [dict(row) for row in batch.rows] if isinstance(batch, Nodes) and batch.label == "Rule" else []


def test_another_schema_that_only_looks_alike_is_no_rule(tmp_path: Path) -> None:
    read = folder(tmp_path, a="title: x\nid: y\ndetection: {cloud: {query: eventType eq 1}}\n")
    assert read.rules == ()
    assert codes(read) == {"not-a-rule": 1}
    assert accounted_for(read)
