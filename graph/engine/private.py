"""A Neo4j for one task: in a temporary folder, on free ports, gone at its end."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from graph.engine.configuration import Memory, Ports
from graph.engine.jars import Progress
from graph.engine.places import Places, local_places
from graph.engine.server import Options, start, stop
from graph.server.settings import Target

ANY_PORTS = Ports(0, 0)


@contextmanager
def private_engine(memory: Memory, progress: Progress | None = None) -> Iterator[Target]:
    """Yield the way to an empty database of a server that ends with the block; its jars are the user's own.

    Raises:
        SightlineError: as `graph.engine.server.start` does.
    """
    with TemporaryDirectory(prefix="sightline-") as folder:
        places = Places(Path(folder) / "neo4j", Path(folder) / "logs", local_places().jars)
        started = start(places, Options(memory=memory, ports=ANY_PORTS), progress)
        try:
            password = places.password_file.read_text(encoding="utf-8").strip()
            bolt = f"bolt://127.0.0.1:{started.state.bolt_port}"
            yield Target(bolt, "neo4j", password, "neo4j", "a private Neo4j")
        finally:
            stop(places)
