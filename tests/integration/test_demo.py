"""`make demo` without make: the demonstration twice, then a real release beside the sample."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import USERS_JARS

ROOT = Path(__file__).parents[2]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home of Sightline's own, with the jars that the user has already."""
    (tmp_path / "cache").mkdir()
    USERS_JARS.mkdir(parents=True, exist_ok=True)
    (tmp_path / "cache" / "jars").symlink_to(USERS_JARS)
    return tmp_path


def sightline(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NEO4J_")}
    environment |= {"SIGHTLINE_HOME": str(home), "SIGHTLINE_HEAP": "1g", "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-m", "cli", *words], env=environment, capture_output=True, text=True, check=False
    )


def answer(home: Path, *words: str) -> object:
    done = sightline(home, *words, "--format", "json")
    assert done.returncode == 0, (words, done.stderr)
    return json.loads(done.stdout)


SEED_PAGE = [
    ("Azure Policy", 3, 0.85),
    ("Microsoft Defender for Cloud", 3, 0.85),
    ("AWS Macie", 2, 0.88),
    ("Azure Regulatory Compliance", 1, 0.90),
    ("GCP Chronicle", 1, 0.90),
]


def test_the_demonstration_and_then_a_real_release(home: Path, data: Path) -> None:
    try:
        first = answer(home, "demo")
        assert isinstance(first, dict)
        assert first["release"] == "enterprise-attack@18.1-sample"
        found = [
            (row["source"], row["detections"], round(row["confidence_mean"], 2)) for row in first["by_source"]
        ]
        assert found == SEED_PAGE
        chain = {(row["analytic_id"], row["strategy_id"], row["technique_id"]) for row in first["chain"]}
        assert chain == {("AN0496", "DET0174", "T1212")}
        assert {(row["component_id"], row["log_source"]) for row in first["chain"]} == {
            ("DC0002", "azure:signinlogs"),
            ("DC0038", "m365:unified"),
        }
        assert answer(home, "demo") == first
        shown = sightline(home, "demo")
        assert "AN0496 -> DET0174 -> T1212 -> TA0006" in shown.stdout
        assert str(home) in shown.stdout
        page = Path(shown.stdout.split()[-1])
        assert page == Path(str(first["page"]))
        assert "<h1>T1528 Steal Application Access Token</h1>" in page.read_text("utf-8")
        done = sightline(home, "load", "attack", str(data / "attack" / "enterprise-attack-18.1.json.gz"))
        assert done.returncode == 0, done.stderr
        rows = answer(home, "coverage", "T1528")
        assert isinstance(rows, list)
        assert {row["release"] for row in rows} == {"enterprise-attack@18.1"}
    finally:
        sightline(home, "down")
