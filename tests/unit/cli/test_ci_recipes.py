"""The recipes of docs/ci.md: every command of theirs runs as it is written."""

import json
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from cli import app
from tests.unit.cli.test_check import git
from tests.unit.loaders.checking.test_check import newer, rules_in

PAGE = Path(__file__).parents[3] / "docs" / "ci.md"


def blocks() -> list[str]:
    return [part.partition("\n```")[0] for part in PAGE.read_text("utf-8").split("```yaml\n")[1:]]


def commands() -> Iterator[str]:
    workflow, hooks = map(yaml.safe_load, blocks())
    yield from (step["run"] for step in workflow["jobs"]["check"]["steps"] if "run" in step)
    yield from (hook["entry"] for repository in hooks["repos"] for hook in repository["hooks"])


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "attack.json").write_bytes(newer())
    rules_in(tmp_path / "rules", one=("attack.t1001",))
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "rules")
    git(tmp_path, "commit", "-q", "-m", "first")
    rules_in(tmp_path / "rules", one=("attack.t1001",), two=("attack.t9999",))
    git(tmp_path, "add", "rules")
    git(tmp_path, "commit", "-q", "-m", "second")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_page_has_two_recipes_with_three_commands() -> None:
    assert len(list(commands())) == 3


def test_every_command_of_a_recipe_runs(repository: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert repository.is_dir()
    codes = []
    for command in commands():
        told, _, file = command.partition(" > ")
        program, *words = shlex.split(told)
        assert program == "sightline"
        codes.append(app.run(words))
        out = capfd.readouterr().out
        if file:
            assert json.loads(out)["version"] == "2.1.0"
        elif "github" in words:
            assert "title=unknown-technique" in out
    assert codes == [1, 0, 0], "new since HEAD~1; never fails; nothing new since HEAD"
