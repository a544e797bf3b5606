"""Where the local Neo4j keeps what: one folder for itself, one for its logs, one for jars that all share."""

from dataclasses import dataclass
from pathlib import Path

from graph.files import PRIVATE_FOLDER, make_private
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

    @property
    def reserve(self) -> Path:
        """A file that is given up when the disk is full, so that the server can close and open its store."""
        return self.root / "reserve"

    def make(self) -> None:
        """Make the folders, readable by their owner only."""
        inside = (self.home / "conf", self.home / "import", self.home / "plugins", self.store / "dbms")
        for folder in (self.root, self.logs, *inside):
            make_private(folder)
        for folder in (self.root, self.logs):
            folder.chmod(PRIVATE_FOLDER)

    def logs_in_conf(self) -> str:
        """The folder of the logs as neo4j.conf can say it.

        Neo4j takes letters outside ASCII in its settings apart (`Müller` becomes `M/u00FC/ller`), but not in the home
        that it is started with: so such a folder is reached by a link in there.
        """
        if str(self.logs).isascii():
            return str(self.logs)
        link = self.home / "state"
        link.unlink(missing_ok=True)
        link.symlink_to(self.logs.parent, target_is_directory=True)
        return f"{link.name}/{self.logs.name}"


def local_places() -> Places:
    """The places of the user's local Neo4j."""
    of_user = folders()
    return Places(root=local_folder(), logs=of_user.state / "neo4j-logs", jars=of_user.cache / "jars")
