"""`sightline` with the commands of sample.py."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from cli import app, tree
from tests.unit.cli import sample


@dataclass(frozen=True, slots=True)
class Run:
    code: int
    out: str
    err: str


Sightline = Callable[..., Run]


@pytest.fixture
def real_sightline(capfd: pytest.CaptureFixture[str]) -> Sightline:
    """`sightline` with its own commands."""

    def run(*words: str) -> Run:
        code = app.run(words)
        captured = capfd.readouterr()
        return Run(code, captured.out, captured.err)

    return run


@pytest.fixture
def sightline(monkeypatch: pytest.MonkeyPatch, real_sightline: Sightline) -> Sightline:
    """`sightline` with the commands of sample.py."""
    monkeypatch.setattr(tree, "TOPICS", sample.TOPICS)
    return real_sightline
