"""What `make audit` says of known vulnerabilities, and of a registry without data on them."""

import json
import stat
from pathlib import Path

import pytest

from tools import audit

SAFE = {"name": "good", "version": "1.0", "vulns": []}
UNKNOWN = {"name": "new", "version": "2.0", "skip_reason": "not found"}
WEAK = {"name": "weak", "version": "0.1", "vulns": [{"id": "PYSEC-1", "fix_versions": ["0.2"]}]}


@pytest.mark.parametrize(
    ("packages", "lines"),
    [
        ([SAFE, SAFE], ["1 packages were checked"]),
        ([UNKNOWN], ["skipped: the registry has no data on vulnerabilities of 1 packages"]),
        ([], ["skipped: the registry has no data on vulnerabilities of any packages"]),
        ([WEAK, SAFE], ["weak 0.1: PYSEC-1; fixed in 0.2", "2 packages were checked"]),
    ],
)
def test_what_is_known_is_told(packages: list[audit.Package], lines: list[str]) -> None:
    assert list(audit.report(packages)) == lines


@pytest.mark.parametrize(
    ("answer", "found"), [(json.dumps({"dependencies": [WEAK]}), [WEAK]), ("no JSON", [])]
)
def test_what_pip_audit_prints_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str, found: list[audit.Package]
) -> None:
    tool = tmp_path / "pip-audit"
    tool.write_text(f"#!/bin/sh\nprintf '%s' '{answer}'\nexit 1\n")
    tool.chmod(tool.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(audit, "AUDIT", tool)
    assert list(audit.audited(tmp_path / "dev.lock")) == found


def test_a_vulnerability_fails(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(audit, "audited", lambda _: [WEAK])
    with pytest.raises(SystemExit, match="1"):
        audit.main()
    assert capsys.readouterr().out.startswith("audit: weak 0.1: PYSEC-1; fixed in 0.2\n")
