"""Write graph/engine/neo4j-<version>.lock: every jar that the server needs, with its size and SHA-256.

Needs Maven (`mvn`), which resolves the closure of the three artifacts below; nobody else needs Maven.
Run as `python -m tools.engine_lock`.
"""

import hashlib
import shutil
import subprocess
import tempfile
from pathlib import Path

NEO4J = "5.26.30"
BROWSER = "5.24.0"
ROOTS = (
    ("org.neo4j", "neo4j", NEO4J),
    ("org.neo4j.app", "neo4j-server", NEO4J),
    ("org.neo4j.client", "neo4j-browser", BROWSER),
)
LOCK = Path("graph/engine") / f"neo4j-{NEO4J}.lock"
HEAD = f"""\
# Neo4j Community {NEO4J} with its Browser {BROWSER}: what `sightline up` downloads, and nothing else.
# Written by `python -m tools.engine_lock`. A "-" stands for no classifier.
# group artifact version classifier size sha256
"""


def pom() -> str:
    """A Maven project that depends on the roots."""
    dependencies = "".join(
        f"<dependency><groupId>{group}</groupId><artifactId>{artifact}</artifactId>"
        f"<version>{version}</version></dependency>"
        for group, artifact, version in ROOTS
    )
    return (
        '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>'
        "<groupId>sightline</groupId><artifactId>engine</artifactId><version>1</version>"
        f"<packaging>pom</packaging><dependencies>{dependencies}</dependencies></project>"
    )


def resolve(folder: Path) -> list[str]:
    """`group:artifact:type[:classifier]:version:scope:file` for each jar of the runtime closure."""
    (folder / "pom.xml").write_text(pom())
    listing = folder / "jars.txt"
    command = ["mvn", "-q", "-B", "dependency:list", "-DincludeScope=runtime"]
    options = [f"-DoutputFile={listing}", "-DoutputAbsoluteArtifactFilename=true"]
    subprocess.run([*command, *options], cwd=folder, check=True)
    lines = (line.strip() for line in listing.read_text().splitlines())
    return [line.split(" ")[0] for line in lines if ":jar:" in line]


def lock_line(resolved: str) -> str:
    """The lock's line of one resolved jar."""
    coordinates, _, file = resolved.partition(":/")
    group, artifact, _, *classifier, version, _ = coordinates.split(":")
    data = Path("/" + file).read_bytes()
    return " ".join(
        [group, artifact, version, *(classifier or ["-"]), str(len(data)), hashlib.sha256(data).hexdigest()]
    )


def main() -> None:
    """Resolve the closure and write the lock."""
    if shutil.which("mvn") is None:
        raise SystemExit("tools.engine_lock: Maven is not installed; install it and run this again")
    with tempfile.TemporaryDirectory() as folder:
        lines = sorted(lock_line(resolved) for resolved in resolve(Path(folder)))
    LOCK.write_text(HEAD + "\n".join(lines) + "\n")
    print(f"{LOCK}: {len(lines)} jars, {sum(int(line.split()[4]) for line in lines) / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
