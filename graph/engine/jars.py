"""The server's jars: what the committed lock lists, downloaded once and verified each time they are used."""

import hashlib
import os
import stat
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from graph.certificates import check_bundle
from graph.engine.lock import held
from graph.errors import EngineError, IntegrityError
from graph.files import PRIVATE_FILE, PRIVATE_FOLDER, make_private
from graph.transport import CONNECTION, SILENCE, Trouble, trouble

if TYPE_CHECKING:
    import requests

THREADS = 8
CHUNK = 1 << 16

Progress = Callable[[int, int], None]
"""Called with the bytes that are there and the bytes of all jars; never from two threads at once."""


@dataclass(frozen=True, slots=True)
class Jar:
    """One line of the lock: Maven coordinates (classifier "" for none), size in bytes, SHA-256 in hex."""

    group: str
    artifact: str
    version: str
    classifier: str
    size: int
    sha256: str

    @property
    def file_name(self) -> str:
        """`artifact-version[-classifier].jar`."""
        suffix = f"-{self.classifier}" if self.classifier else ""
        return f"{self.artifact}-{self.version}{suffix}.jar"

    @property
    def path(self) -> str:
        """The place in a repository of Maven's layout."""
        return "/".join([*self.group.split("."), self.artifact, self.version, self.file_name])


def lock_file() -> Path:
    """The committed lock; its name states the version of Neo4j."""
    (found,) = Path(__file__).parent.glob("neo4j-*.lock")
    return found


def locked_version() -> str:
    """The version of Neo4j that the lock describes, such as 5.26.30."""
    return lock_file().stem.removeprefix("neo4j-")


def read_lock(path: Path | None = None) -> list[Jar]:
    """The jars of a lock, in its order."""
    lines = (path or lock_file()).read_text(encoding="ascii").splitlines()
    return [_jar(line) for line in lines if line and not line.startswith("#")]


def _jar(line: str) -> Jar:
    group, artifact, version, classifier, size, sha256 = line.split(" ")
    return Jar(group, artifact, version, "" if classifier == "-" else classifier, int(size), sha256)


def repository() -> str:
    """The address of the Maven repository: `SIGHTLINE_MAVEN`, else the default one that jgo knows."""
    mirror = os.environ.get("SIGHTLINE_MAVEN")
    if mirror:
        return mirror.rstrip("/")
    from jgo.constants import MAVEN_CENTRAL_URL

    return str(MAVEN_CENTRAL_URL).rstrip("/")


def fetch_jars(jars: Sequence[Jar], folder: Path, progress: Progress | None = None) -> list[Path]:
    """The verified files of `jars` in `folder`, after downloading what is missing or damaged.

    A download that was cut goes on where it stopped. Two processes take turns. Nobody else can enter the folder or
    has a hand on a file in it, so that Java opens later what was verified now.

    Raises:
        IntegrityError: a downloaded jar is not the one of the lock; it is named and thrown away.
        EngineError: the repository does not give a jar.
        OSError: the folder cannot be written.
    """
    make_private(folder)
    folder.chmod(PRIVATE_FOLDER)
    with held(folder / ".lock", patience=900.0), _threads() as pool:
        tally = _Tally(sum(jar.size for jar in jars), progress)
        good = list(pool.map(lambda jar: _is_good(folder / jar.file_name, jar), jars))
        missing = [jar for jar, there in zip(jars, good, strict=True) if not there]
        tally.add(tally.total - sum(jar.size for jar in missing))
        if missing:
            _download_all(missing, folder, pool, tally)
    return [folder / jar.file_name for jar in jars]


@contextmanager
def _threads() -> Iterator[ThreadPoolExecutor]:
    """Threads for the block; whoever ends the process does not wait for what they still receive."""
    pool = ThreadPoolExecutor(THREADS)
    try:
        yield pool
    except Exception:
        pool.shutdown(cancel_futures=True)
        raise
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    pool.shutdown()


class _Tally:
    """Bytes that are there, told to the listener one call at a time."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self.total = total
        self._done = 0
        self._progress = progress
        self._lock = threading.Lock()

    def add(self, count: int) -> None:
        with self._lock:
            self._done += count
            if self._progress is not None:
                self._progress(self._done, self.total)


def _is_good(path: Path, jar: Jar) -> bool:
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC), "rb") as file:
            return (
                _is_ours_alone(file.fileno())
                and os.fstat(file.fileno()).st_size == jar.size
                and hashlib.file_digest(file, "sha256").hexdigest() == jar.sha256
            )
    except OSError:
        return False


def _is_ours_alone(handle: int) -> bool:
    """Whether an open file is a plain one of ours that has no other name and that nobody else can write.

    Raises:
        OSError: its mode is wrong and cannot be set right.
    """
    status = os.fstat(handle)
    if not stat.S_ISREG(status.st_mode) or status.st_uid != os.geteuid() or status.st_nlink != 1:
        return False
    if stat.S_IMODE(status.st_mode) != PRIVATE_FILE:
        os.fchmod(handle, PRIVATE_FILE)
    return True


def _download_all(jars: Sequence[Jar], folder: Path, pool: ThreadPoolExecutor, tally: _Tally) -> None:
    import requests
    from requests.adapters import HTTPAdapter
    from urllib3.util.retry import Retry

    retry = Retry(total=3, backoff_factor=0.5, status_forcelist=(429, 500, 502, 503, 504))
    base = repository()
    if base.startswith("https://"):
        check_bundle()
    with requests.Session() as session:
        for scheme in ("http://", "https://"):
            session.mount(scheme, HTTPAdapter(pool_connections=1, pool_maxsize=THREADS, max_retries=retry))
        work = [pool.submit(_download, session, base, jar, folder, tally) for jar in jars]
        try:
            for task in work:
                task.result()
        finally:
            for task in work:
                task.cancel()


def _download(session: "requests.Session", base: str, jar: Jar, folder: Path, tally: _Tally) -> None:
    """Bring one jar under a temporary name, verify it, and give it its name."""
    import requests

    part = folder / f"{jar.file_name}.part"
    try:
        _receive(session, f"{base}/{jar.path}", jar, part, tally)
    except requests.RequestException as error:
        found = _trouble(error)
        again = "run `sightline up` again to continue, or set SIGHTLINE_MAVEN to a mirror"
        what = f"the download failed: {found.what}"
        raise EngineError(what, where=jar.file_name, todo=found.todo or again) from error
    if not _is_good(part, jar):
        part.unlink(missing_ok=True)
        raise IntegrityError(
            "the downloaded jar is not the one of the lock (size or SHA-256 differs)",
            where=jar.file_name,
            todo="try again, or set SIGHTLINE_MAVEN to another mirror",
        )
    part.replace(folder / jar.file_name)


def _receive(session: "requests.Session", url: str, jar: Jar, part: Path, tally: _Tally) -> None:
    """Append to `part` what it lacks of the jar; from the start where the server does not know ranges."""
    there = _begun(part, jar)
    headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={there}-"} if there else {})
    with session.get(url, headers=headers, stream=True, timeout=(CONNECTION, SILENCE)) as answer:
        answer.raise_for_status()
        goes_on = there > 0 and answer.status_code == 206  # noqa: PLR2004  # Partial Content, RFC 9110
        if goes_on:
            tally.add(there)
        room = jar.size - (there if goes_on else 0)
        with os.fdopen(_opened(part, goes_on=goes_on), "ab") as file:
            for chunk in answer.iter_content(CHUNK):
                file.write(chunk)
                tally.add(len(chunk))
                room -= len(chunk)
                if room < 0:
                    return


def _begun(part: Path, jar: Jar) -> int:
    """How many bytes of the jar are there from a download that was cut; what is not ours alone is none of them."""
    try:
        handle = os.open(part, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return 0
    try:
        size = os.fstat(handle).st_size
        return size if size < jar.size and _is_ours_alone(handle) else 0
    finally:
        os.close(handle)


def _opened(part: Path, *, goes_on: bool) -> int:
    """Open `part` to append to it, made new unless the download goes on; never what somebody else put there."""
    if goes_on:
        return os.open(part, os.O_WRONLY | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC)
    part.unlink(missing_ok=True)
    return os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, PRIVATE_FILE)


def _trouble(error: "requests.RequestException") -> Trouble:
    if error.response is not None:
        return Trouble(f"the repository answers {error.response.status_code} {error.response.reason}")
    return trouble(error)
