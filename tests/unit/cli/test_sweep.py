"""No condition of the system ends in exit code 70: every command under each, in one line with an ordinary code."""

import json
import os
import stat
from collections.abc import Mapping
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from cli.topics import TOPICS
from tests.sweeping import CONDITIONS, WORDS, Came, Run, commands, every_command, swept
from tests.unit import listeners

EVERYTHING = every_command()
Environment = Mapping[str, str | None]
SOUND = {"bolt_port": 1, "http_port": 2, "pid": None, "started": None, "version": "5", "java": "21"}
WRONG: dict[str, tuple[object, ...]] = {
    "pid": (-1, 0, 2**40, True, "1", []),
    "bolt_port": (-5, 0, 65536, True, "7687", None),
    "http_port": (-5, None),
    "started": ("now", float("nan")),
    "java": (None, 21),
    "unknown": (1,),
}
DAMAGED = [
    b"{",
    b"",
    bytes(300),
    b"\xff\xfe{}",
    b"[]",
    b"[" * 100_000,
    *(json.dumps(SOUND | {name: value}).encode() for name, values in WRONG.items() for value in values),
]


def untold(came: list[Came]) -> list[Came]:
    return [each for each in came if not each.is_told]


def sweep(env: Environment, condition: str = "nothing") -> dict[str, Came]:
    """Every command under one condition, by its words; all are told."""
    came = swept([Run(words, condition, env) for words in EVERYTHING])
    assert untold(came) == []
    return {" ".join(each.run.words): each for each in came}


def in_home(home: Path, **more: str | None) -> Environment:
    return {"SIGHTLINE_HOME": str(home), **more}


def at_port(port: int, home: Path) -> Environment:
    return in_home(home, NEO4J_URI=f"bolt://127.0.0.1:{port}", NEO4J_PASSWORD="x")


def kept(home: Path, state: bytes, password: bytes | None = b"kept\n") -> Path:
    """A home with what a local Neo4j is known by."""
    folder = home / "data" / "neo4j"
    folder.mkdir(parents=True)
    (folder / "state.json").write_bytes(state)
    if password is not None:
        (folder / "password").write_bytes(password)
    return folder


def test_every_command_is_swept() -> None:
    assert set(WORDS) <= set(commands())
    named = {name for members in TOPICS.values() for name in members}
    assert {words[0] for words in EVERYTHING if words} >= named


def test_every_condition_of_the_process(tmp_path: Path) -> None:
    runs = [Run(words, each, in_home(tmp_path / each)) for each, words in product(CONDITIONS, EVERYTHING)]
    came = swept(runs)
    assert untold(came) == []
    assert [each for each in came if "Missing argument" in each.err] == [], "WORDS must have what it needs"
    for each in came:
        if each.run.condition in ("stdout_closed", "stdout_full") and each.code == 0:
            assert each.run.words in {("down",), ("mcp",)}, "an answer was lost, and success was told"


def test_homes_that_cannot_be() -> None:
    places = ["/dev/null/home", "/proc/home", "/sys/home", "~nobody-of-that-name/home"]
    runs = [Run(words, env={"SIGHTLINE_HOME": place}) for place, words in product(places, EVERYTHING)]
    runs += [Run(words, "folder_gone", {"SIGHTLINE_HOME": "relative"}) for words in EVERYTHING]
    came = swept(runs)
    assert untold(came) == []
    for each in came:
        if each.run.words in (("up",), ("demo",)):
            assert (each.code in (2, 13), each.out, each.err.count("\n")) == (True, "", 1), each


@pytest.mark.parametrize("condition", ["nothing", "other_user", "folder_gone"])
def test_no_home_at_all(condition: str) -> None:
    names = (
        "SIGHTLINE_HOME",
        "XDG_DATA_HOME",
        "XDG_STATE_HOME",
        "XDG_CACHE_HOME",
        "HOME",
        "PATH",
        "LANG",
        "USER",
    )
    runs = [Run(words, condition, dict.fromkeys(names)) for words in EVERYTHING]
    if condition != "other_user" or os.getuid() != 0:
        runs = [run for run in runs if run.words[:1] not in (("up",), ("demo",), ("down",))]  # the user's own
    assert untold(swept(runs)) == []


def test_damaged_state_files(tmp_path: Path) -> None:
    runs = []
    for number, content in enumerate(DAMAGED):
        kept(tmp_path / str(number), content)
        runs += [
            Run((word,), env=in_home(tmp_path / str(number))) for word in ("status", "releases", "browser")
        ]
        runs += [Run((word,), env=in_home(tmp_path / str(number))) for word in ("down", "up", "demo")]
    came = swept(runs)
    assert untold(came) == []
    codes = {
        word: {each.code for each in came if each.run.words == (word,)} for word in ("status", "down", "up")
    }
    assert codes == {"status": {0}, "down": {0}, "up": {13}}


def test_damaged_password_files(tmp_path: Path) -> None:
    runs = []
    for number, content in enumerate([None, b"", b"\xff\n", b"two\nlines\n", b"\0"]):
        kept(tmp_path / str(number), json.dumps(SOUND).encode(), content)
        runs += [Run(words, env=in_home(tmp_path / str(number))) for words in EVERYTHING]
    came = swept(runs)
    assert untold(came) == []
    assert {each.code for each in came if each.run.words == ("releases",)} == {4}


def test_folders_and_files_in_the_wrong_place(tmp_path: Path) -> None:
    runs = []
    for name in ("state.json", "password", "lock"):
        (tmp_path / name / "data" / "neo4j" / name).mkdir(parents=True)
        runs += [Run(words, env=in_home(tmp_path / name)) for words in EVERYTHING]
    (kept(tmp_path / "home", b"{}") / "home").write_text("x")
    runs += [Run(words, env=in_home(tmp_path / "home")) for words in EVERYTHING]
    assert untold(swept(runs)) == []


def test_variables_that_are_not_utf_8(tmp_path: Path) -> None:
    latin = os.fsdecode(b"gr\xfcn")
    names = (
        "NEO4J_USERNAME",
        "NEO4J_PASSWORD",
        "NEO4J_DATABASE",
        "NEO4J_URI",
        "SIGHTLINE_HEAP",
        "SIGHTLINE_MAVEN",
    )
    nobody = at_port(listeners.closed_port(), tmp_path)
    came = swept([Run(words, env={**nobody, name: latin}) for name, words in product(names, EVERYTHING)])
    assert untold(came) == []
    told = [each for each in came if each.run.words == ("releases",)][:4]
    for name, each in zip(names, told, strict=False):
        assert (each.code, each.err.startswith(f"sightline: {name}: ")) == (2, True), each
        assert "gr" not in each.err or name == "NEO4J_URI"


def test_a_home_that_is_not_utf_8(tmp_path: Path) -> None:
    found = sweep({"SIGHTLINE_HOME": os.fsdecode(os.fsencode(tmp_path) + b"/M\xfcller")})
    assert (found["up"].code, "is not UTF-8, which Java needs" in found["up"].err) == (2, True)


def test_hosts_that_cannot_be(tmp_path: Path) -> None:
    hosts = [
        "a" * 70,
        "a..b",
        "",
        "[::1",
        "[x]",
        "\u0130" * 40,
        "%2f",
        "127.0.0.1:99999",
        "127.0.0.1:x",
        "x y",
    ]
    runs = [
        Run(("releases",), env={"NEO4J_URI": f"bolt://{host}", "NEO4J_PASSWORD": "x", **in_home(tmp_path)})
        for host in hosts
    ]
    assert untold(swept(runs)) == []


@pytest.mark.parametrize(("major", "minor"), [(3, 0), (4, 4), (5, 0), (5, 4)])
def test_a_server_that_is_too_old(major: int, minor: int, tmp_path: Path) -> None:
    with listeners.listening(listeners.speaks_bolt(minor, major, f"Neo4j/{major}.{minor}.0")) as port:
        (came,) = swept([Run(("releases",), env=at_port(port, tmp_path))])
    assert (came.code, "Neo4j 5.26 or newer is needed" in came.err) == (4, True)


def test_every_command_with_a_server_that_is_too_old(tmp_path: Path) -> None:
    with listeners.listening(listeners.speaks_bolt(1, 5, "Neo4j/5.6.0")) as port:
        sweep(at_port(port, tmp_path))


def test_certificate_bundles_that_are_none(tmp_path: Path) -> None:
    runs = [Run(("fetch", "attack", "--base-url", "https://127.0.0.1:9")), Run(("up",))]
    names = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
    bundles = ["/nonexistent/ca.pem", "/etc/hostname", "/"]
    env = in_home(tmp_path, SIGHTLINE_MAVEN="https://127.0.0.1:9", SIGHTLINE_JAVA=None)
    came = swept(
        [
            replace(run, env={**env, **dict.fromkeys(names), name: bundle})
            for name, bundle, run in product(names, bundles, runs)
        ]
    )
    assert untold(came) == []
    for each in came:
        assert each.code == 13
        for name in names:
            if each.run.env.get(name) == "/nonexistent/ca.pem":
                assert f"{name} names /nonexistent/ca.pem, which is not there" in each.err, each


def test_what_is_made_is_the_owners_alone(tmp_path: Path) -> None:
    env = in_home(tmp_path / "home", SIGHTLINE_JAVA=None, SIGHTLINE_MAVEN="http://127.0.0.1:9")
    swept([Run(("up",), "no_umask", env)])
    made = [tmp_path / "home", *(tmp_path / "home").rglob("*")]
    assert len(made) > 8
    assert [str(path) for path in made if stat.S_IMODE(path.lstat().st_mode) & 0o077] == []
