"""What whoever lacks an extra is told to run."""

import shlex
import sys
import tomllib
from pathlib import Path

import pytest

from graph import extras
from graph.extras import to_install

ROOT = Path(__file__).parents[3]
EXTRAS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]


@pytest.mark.parametrize("extra", EXTRAS)
def test_the_advice_uses_this_python_and_the_lock_of_this_checkout(extra: str) -> None:
    said, command = to_install(extra).split(": ", 1)
    words = shlex.split(command)
    assert (said, words[:4]) == ("install the extra", [sys.executable, "-m", "pip", "install"])
    assert words[4:] == ["--require-hashes", "-r", str(ROOT / "requirements" / f"{extra}.lock")]
    locked = Path(words[-1]).read_text("utf-8").lower()
    for requirement in EXTRAS[extra]:
        assert f"\n{requirement.partition('>')[0]}==" in f"\n{locked}"


def test_without_pip_it_is_uv(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extras, "find_spec", lambda _: None)
    assert f"uv pip install --python {sys.executable} --require-hashes" in to_install("plan")


def test_outside_a_checkout_it_says_where_to_look(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(extras, "_CHECKOUT", tmp_path)
    assert to_install("plan").startswith("install the extra from a checkout of Sightline: ")
    assert to_install("plan").endswith(" --require-hashes -r requirements/plan.lock")
