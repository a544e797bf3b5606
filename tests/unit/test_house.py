"""The rules of the house over every tracked file."""

import ast
import importlib.metadata
import re
import statistics
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXTS = {
    ".py",
    ".md",
    ".cypher",
    ".toml",
    ".yml",
    ".yaml",
    ".lock",
    ".csv",
    ".json",
    ".txt",
    ".js",
    ".css",
    "",
}
PROSE = {".py", ".md", ".cypher", ".toml"}
BRITISH = re.compile(
    r"\b(?:colou?rise|colour|behaviour|favour|honour|neighbour|centre|licence|artefact|whilst|grey"
    r"|analys(?:e|ed|ing)|cancelled|labelled|modelled|defence"
    r"|(?:canonical|custom|final|general|initial|maxim|minim|material|neutral|normal|optim|organ|priorit|recogn"
    r"|serial|standard|summar|token|util|visual)is(?:e|ed|es|ing|ation))",
    re.IGNORECASE,
)
MACHINE = re.compile(r"(?<![\w.:/-])/(?:home|mnt|root|work|Users)/\w")
REGISTRIES = re.compile(
    "|".join(
        map(
            re.escape,
            ("pypi" + ".org", "pythonhosted" + ".org", "maven" + ".org", "npmjs" + ".", "docker" + ".io"),
        )
    )
)
OUR_NAME_FROM_A_REGISTRY = re.compile(
    r"\b(?:install|pipx|uvx|uv|add|download)\b.{0,60}\bsightline[-_.]attack\b", re.IGNORECASE
)
CYPHER = re.compile(
    r"\b(?:MATCH|MERGE|CREATE)\s+(?:\w+\s*=\s*\w*)?\(|\bUNWIND\s+\S+\s+AS\b|\bDETACH\s+DELETE\b"
    r"|\bRETURN\s+(?:EXISTS|COUNT|\w+\s*\()|\bCALL\s+db\."
)
ONE_HOME = {
    "graph/identifiers.py": re.compile(r"[Tt]\\d\{4\}|\[A-Z\]\{1,3\}\\d\{4\}"),
    "graph/spelling.py": re.compile(r"\bdifflib\b"),
    "loaders/shared_nodes.py": re.compile(r"\"canonical\": .*\"listed\":"),
    "loaders/fetch/download.py": re.compile(r"requests\.Session\(\)"),
}
"""File -> how a second home of what it knows gives itself away: forms of ids, likeness, log sources, downloads."""
BANNED = {"utils", "util", "helpers", "helper", "common"}


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that git knows or would add."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    paths = (ROOT / name for name in listed.stdout.decode().split("\0") if name)
    return tuple(path for path in paths if path.is_file())


def texts(suffixes: set[str]) -> list[tuple[Path, str]]:
    return [
        (path.relative_to(ROOT), path.read_text("utf-8", "replace"))
        for path in tracked()
        if path.suffix in suffixes
    ]


def hits(pattern: re.Pattern[str], suffixes: set[str], *, besides: tuple[str, ...] = ()) -> list[str]:
    return [
        f"{path}:{number}: {line.strip()[:120]}"
        for path, text in texts(suffixes)
        if not str(path).startswith(besides)
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def function_lengths() -> dict[str, int]:
    """Lines from `def` to the end, docstring included, decorators not."""
    lengths = {}
    for path, text in texts({".py"}):
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert node.end_lineno is not None
                lengths[f"{path}:{node.lineno} {node.name}"] = node.end_lineno - node.lineno + 1
    return lengths


def cypher_in(text: str) -> list[int]:
    """Lines of the string literals that are Cypher; docstrings and sentences with such a word are not."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CYPHER.search(node.value)
    ]


def test_only_graph_and_queries_hold_cypher() -> None:
    found = [
        f"{path}:{line}"
        for path, text in texts({".py"})
        if path.parts[0] in {"loaders", "proofs", "pages"}
        for line in cypher_in(text)
    ]
    assert found == []


@pytest.mark.parametrize(
    "code",
    [
        "run('MATCH (n) DETACH DELETE n')",
        "run(f'UNWIND $rows AS row {made}')",
        "run('MERGE (n:Raw {sha256: $x})')",
        "run('CALL db.awaitIndexes(60)')",
        "run('MATCH p = shortestPath((a)-[*]-(b)) RETURN p')",
        "run('RETURN EXISTS { (:Release {key: $key}) } AS landed')",
    ],
)
def test_the_guard_sees_cypher(code: str) -> None:
    assert cypher_in(code) == [1]


@pytest.mark.parametrize("code", ["say('Return the rows that match')", "say('no MATCH in it')"])
def test_the_guard_leaves_sentences_alone(code: str) -> None:
    assert cypher_in(code) == []


def test_functions_are_short() -> None:
    lengths = function_lengths()
    assert {name: lines for name, lines in lengths.items() if lines > 60} == {}
    assert statistics.median(lengths.values()) <= 12
    assert sum(lines < 40 for lines in lengths.values()) >= 0.9 * len(lengths)


@pytest.mark.parametrize("home", ONE_HOME)
def test_a_fact_has_one_home(home: str) -> None:
    # graph knows no loader, so the engine's jars, many at a time, have downloads of their own.
    own = (home, "graph/engine/jars.py", "tests/")
    assert [hit for hit in hits(ONE_HOME[home], {".py"}, besides=("tests/",)) if hit.startswith(home)]
    assert not hits(ONE_HOME[home], {".py"}, besides=own)


def test_no_module_is_a_drawer() -> None:
    assert [path for path in tracked() if path.suffix == ".py" and path.stem in BANNED] == []
    assert [path for path in tracked() if BANNED & set(path.relative_to(ROOT).parts[:-1])] == []


def test_no_file_knows_this_machine() -> None:
    assert hits(MACHINE, TEXTS) == []


def test_no_file_names_a_registry() -> None:
    assert hits(REGISTRIES, TEXTS) == []


def test_spelling_is_american() -> None:
    assert hits(BRITISH, PROSE, besides=("tests", "LICENSE", "NOTICE")) == []


def test_nothing_tells_anybody_to_install_our_name() -> None:
    """It is never published: whoever registers it would run code on the machine of whoever follows the advice."""
    assert hits(OUR_NAME_FROM_A_REGISTRY, TEXTS) == []


@pytest.mark.parametrize("line", ["pip install 'sightline-" + "attack[plan]'", "uvx sightline" + "_attack"])
def test_the_guard_sees_advice_to_install_our_name(line: str) -> None:
    assert OUR_NAME_FROM_A_REGISTRY.search(line)


DEAR = {"queries.parameters"}
"""Modules of queries that import pydantic, which costs what importing the driver costs."""


def test_what_queries_offer_is_imported_at_the_top() -> None:
    late = [
        f"{path}:{node.lineno} {node.module}"
        for path, text in texts({".py"})
        if path.parts[0] in {"cli", "pages", "proofs"}
        for function in ast.walk(ast.parse(text))
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("queries")
    ]
    assert [line for line in late if line.split()[1] not in DEAR] == []


@pytest.mark.parametrize("line", ["see /" + "home/me/x", "'/" + "work/shared/data'"])
def test_the_guard_sees_a_machine_path(line: str) -> None:
    assert MACHINE.search(line)


@pytest.mark.parametrize("line", ["https://example.org/home/x", "../shared/data", "neo4j/work/x"])
def test_the_guard_leaves_other_paths_alone(line: str) -> None:
    assert not MACHINE.search(line)


def test_nobody_else_claims_our_packages() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    ours = set(project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"])
    claims = importlib.metadata.packages_distributions()
    others = {name: set(claims.get(name, [])) - {project["project"]["name"]} for name in ours}
    assert {name: claimed for name, claimed in others.items() if claimed} == {}


def test_nothing_is_installed_without_a_hash() -> None:
    lines = (ROOT / "Makefile").read_text().splitlines()
    installed = [line for line in lines if re.search(r"^\t.*\$\((PIP|QUIETLY)\)", line)]
    assert len(installed) > 4  # run, ours, dev, and those of the benchmark
    for line in installed:
        assert "--require-hashes" in line or "--no-build-isolation --no-deps" in line, line


def test_the_build_backend_is_the_locked_one() -> None:
    backend = (ROOT / "requirements" / "build.lock").read_text()
    assert set(re.findall(r"^(\S+)==", backend, re.MULTILINE)) >= {"hatchling", "editables"}
    assert all(line in (ROOT / "requirements" / "dev.lock").read_text() for line in backend.splitlines())
