"""Dated copies of what was fetched, each with a receipt."""

import os
import re
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import orjson

from graph.errors import EngineError
from graph.server.settings import folders
from loaders.fetch.download import Answer

# Names come from a server: nothing that leads out of the folder, hides, or means something to a shell.
_SAFE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,150}")


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file that was fetched, verified and kept.

    Attributes:
        path: of the copy; `<path>.receipt.json` beside it says the rest.
        url: that was asked for.
        final_url: that answered.
        sha256: of the file.
        size: bytes.
        fetched_at: UTC, `2026-05-23T10:00:00Z`.
        verified: by what, in words.
    """

    path: str
    url: str
    final_url: str
    sha256: str
    size: int
    fetched_at: str
    verified: str


def shelf(kind: str, folder: Path | None = None) -> Path:
    """Return the folder of today's copies: `<data>/fetched/<kind>/2026-05-23`, or in `folder` if one is named."""
    root = folder if folder is not None else folders().data / "fetched"
    return root / kind / datetime.now(UTC).date().isoformat()


def keep(answer: Answer, name: str, folder: Path, verified: str) -> Fetched:
    """Write a verified file into `folder`, whole or not at all, and its receipt.

    Raises:
        EngineError: the name is not one for a file, or the folder cannot be written.
    """
    if not _SAFE_NAME.fullmatch(name):
        raise EngineError(
            f"the server names its file {name[:60]!r}", where=answer.url, todo="check --base-url"
        )
    path = folder / name
    fetched = Fetched(
        path=str(path),
        url=answer.url,
        final_url=answer.final_url,
        sha256=sha256(answer.data).hexdigest(),
        size=len(answer.data),
        fetched_at=datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        verified=verified,
    )
    receipt = orjson.dumps(asdict(fetched), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write_whole(path, answer.data)
        _write_whole(path.with_name(f"{name}.receipt.json"), receipt)
    except OSError as error:
        what = f"the copy cannot be written ({error.strerror})"
        raise EngineError(what, where=str(path), todo="free space there or pass another folder") from None
    return fetched


def _write_whole(path: Path, data: bytes) -> None:
    """Write to a temporary name first, so that a full disk or a kill leaves no half file under the real one."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
