"""A private Neo4j with a heap of 1 GiB for the time of a benchmark."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from graph.engine.configuration import Memory, Ports
from graph.engine.places import Places
from graph.engine.server import Options, start, stop
from graph.server.settings import Target, folders


@contextmanager
def private_server() -> Iterator[dict[str, str]]:
    """Yield the environment variables by which `sightline` reaches the server; it is stopped at the end."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        places = Places(root=root / "neo4j", logs=root / "logs", jars=folders().cache / "jars")
        started = start(places, Options(memory=Memory(heap="1g", page_cache="512m"), ports=Ports(0, 0)))
        try:
            password = places.password_file.read_text().strip()
            yield {"NEO4J_URI": started.state.bolt, "NEO4J_USERNAME": "neo4j", "NEO4J_PASSWORD": password}
        finally:
            stop(places)


def target_of(environment: Mapping[str, str]) -> Target:
    """Return the way to the server that the variables name."""
    uri, username, password = (environment[f"NEO4J_{name}"] for name in ("URI", "USERNAME", "PASSWORD"))
    return Target(uri, username, password, "neo4j", "the benchmark's Neo4j")
