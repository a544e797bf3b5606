"""Where the local Neo4j keeps what: one folder for itself, one for its logs, one for jars that all share."""

import os
from dataclasses import dataclass
from pathlib import Path

from graph.server.settings import folders, local_folder


@dataclass(frozen=True, slots=True)
class Places:
    """The folders and files of one local Neo4j.

    Attributes:
        root: its own folder, readable by its owner only.
        logs: the folder of its logs.
        jars: the shared folder of downloaded jars.
    """

    root: Path
    logs: Path
    jars: Path

    @property
    def home(self) -> Path:
        """Neo4j's home: conf, data, import, run."""
        return self.root / "home"

    @property
    def store(self) -> Path:
        """Neo4j's data folder: the databases and their transaction logs."""
        return self.home / "data"

    @property
    def web(self) -> Path:
        """The folder in which Neo4j looks for a Browser to serve instead of the one in the jar."""
        return self.home / "web"

    @property
    def console(self) -> Path:
        """What the server writes before its own logs are open."""
        return self.logs / "console.log"

    @property
    def state_file(self) -> Path:
        """Ports and process (mode 0600); `graph.server.settings` reads the Bolt port from it."""
        return self.root / "state.json"

    @property
    def password_file(self) -> Path:
        """The password of the user neo4j and nothing else (mode 0600)."""
        return self.root / "password"

    @property
    def lock(self) -> Path:
        """Held while the server is being started or stopped."""
        return self.root / "lock"

    def make(self) -> None:
        """Make the folders, readable by their owner only."""
        for folder in (self.root, self.logs, self.home / "conf", self.home / "import", self.home / "plugins"):
            folder.mkdir(parents=True, exist_ok=True)
        (self.store / "dbms").mkdir(parents=True, exist_ok=True)
        for folder in (self.root, self.logs):
            folder.chmod(0o700)


def local_places() -> Places:
    """The places of the user's local Neo4j."""
    of_user = folders()
    return Places(root=local_folder(), logs=of_user.state / "neo4j-logs", jars=of_user.cache / "jars")


def write_private(path: Path, text: str) -> None:
    """Put a file there whole, readable by its owner only from its first moment on."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}.new")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        os.fchmod(handle, 0o600)
        file.write(text)
        file.flush()
        os.fsync(handle)
    temporary.replace(path)
