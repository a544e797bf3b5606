"""docs/your-rules.md, command by command, as somebody with 900 rules in a git folder would follow it."""

import re
import shlex
import zipfile
from pathlib import Path

import pytest

from cli import app
from graph.server.connection import connect
from graph.server.settings import Target
from tests.conftest import wipe
from tests.unit.cli.test_check import git

PAGE = Path(__file__).parents[3] / "docs" / "your-rules.md"
RULES = 900
NEEDS_AN_OWN_SERVER = "sightline up"


def commands() -> list[str]:
    blocks = re.findall(r"```sh\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line != NEEDS_AN_OWN_SERVER]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, data: Path) -> Path:
    """A folder with a release, and 900 rules of the Sigma release in a git repository."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "enterprise-attack-19.1.json.gz").symlink_to(data / "attack" / "enterprise-attack-19.1.json.gz")
    with zipfile.ZipFile(data / "sigma" / "sigma-rules-r2026-04-01.zip") as archive:
        names = sorted(name for name in archive.namelist() if name.endswith(".yml") and "rules/" in name)
        for name in names[:: len(names) // RULES][:RULES]:
            archive.extract(name, folder / "rules")
    git(folder / "rules", "init", "-q")
    git(folder / "rules", "add", ".")
    git(folder / "rules", "commit", "-q", "-m", "our rules")
    return folder


def edited(text: str) -> str:
    """The draft, as a person would edit it: no PRE, and the logs of three log sources."""
    lines = [line for line in text.splitlines() if '"PRE"' not in line]
    have = ("windows/process_creation", "azure:signinlogs", "AWS:CloudTrail")
    return "\n".join(
        line.replace("planned", "collected") if any(each in line for each in have) else line for line in lines
    )


def test_every_command_of_the_page_runs_as_it_is_written(
    folder: Path,
    server: Target,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with connect(server, patience=20) as graph:
        wipe(graph)
    for name, value in (("URI", server.uri), ("USERNAME", server.username), ("PASSWORD", server.password)):
        monkeypatch.setenv(f"NEO4J_{name}", value)
    monkeypatch.chdir(folder)
    answers = {}
    for command in commands():
        program, *words = shlex.split(command)
        assert program == "sightline"
        code = app.run(words)
        told = capsys.readouterr()
        assert code in ({0, 1} if words[0] == "check" else {0}), (command, told.err)
        assert told.out, command
        answers[command] = told.out
        if words[:2] == ["environment", "init"]:
            draft = folder / "soc.yaml"
            draft.write_text(edited(draft.read_text("utf-8")), "utf-8")
    assert len(answers) >= 14
    assert re.search(r"enabled .*900\b", answers["sightline load environment soc.yaml"]), "900 rules are on"
    here = answers["sightline coverage --by tactic --environment soc"]
    assert "all tactics, each technique once" in here
    assert "collect" in answers["sightline plan rules --environment soc"]
