"""Dated copies of what was fetched, each with a receipt."""

import re
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import orjson

from graph.errors import EngineError
from graph.files import USUAL_FILE, make_private, refused, write_whole
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
        if folder.is_relative_to(folders().data):
            make_private(folder)
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(path, answer.data, mode=USUAL_FILE)
        write_whole(path.with_name(f"{name}.receipt.json"), receipt, mode=USUAL_FILE)
    except OSError as error:
        raise refused(error, EngineError, where=str(path), todo="name another folder by --to") from None
    return fetched
