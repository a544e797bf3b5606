"""Keep queries/revisions.csv: the hash of every revision of every question and picture; `make revisions`.

A line stays for ever, so that a kept answer that names a revision can be told from a newer one of the same name.
"""

import csv
import io
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from queries.catalog import CATALOG
from queries.spec import QueryFile
from queries.workbench.pictures import PICTURES

FILE = Path(__file__).parent.parent / "queries" / "revisions.csv"


@dataclass(frozen=True, slots=True, order=True)
class Revision:
    """A statement that a question or picture has or had."""

    name: str
    revision: int
    sha256: str


def present() -> dict[str, QueryFile]:
    """Return the query files by the name of their question, or `picture.<name>`."""
    questions = {name: question.file for name, question in CATALOG.items()}
    return questions | {f"picture.{picture.name}": picture.file for picture in PICTURES}


def kept(text: str) -> list[Revision]:
    """Return the revisions that the file lists."""
    return [
        Revision(row["name"], int(row["revision"]), row["sha256"])
        for row in csv.DictReader(io.StringIO(text))
    ]


def written(revisions: list[Revision]) -> str:
    """Return the file's text."""
    lines = (f"{each.name},{each.revision},{each.sha256}" for each in sorted(revisions))
    return "\n".join(["name,revision,sha256", *lines]) + "\n"


def problems(files: Mapping[str, QueryFile], revisions: list[Revision]) -> list[str]:
    """Return what must be done to files so that each statement has a revision of its own, after those before it."""
    newest = {each.name: each for each in sorted(revisions)}
    found = []
    for name, file in files.items():
        last = newest.get(name, Revision(name, 0, ""))
        if file.sha256 != last.sha256 and file.revision != last.revision + 1:
            found.append(
                f"{name}: its statement is not that of revision {last.revision}: "
                f"write `// revision {last.revision + 1}` and run `make revisions`"
            )
        if file.sha256 == last.sha256 and file.revision != last.revision:
            found.append(f"{name}: its statement is that of revision {last.revision}; write that number")
    return found


def unlisted(files: Mapping[str, QueryFile], revisions: list[Revision]) -> list[Revision]:
    """Return the revisions of `files` that the list lacks."""
    now = [Revision(name, file.revision, file.sha256) for name, file in files.items()]
    return [each for each in now if each not in revisions]


def main() -> None:
    """Add the revisions that rose; refuse a statement that changed under its old number."""
    revisions = kept(FILE.read_text("utf-8")) if FILE.exists() else []
    files = present()
    wrong = problems(files, revisions)
    if wrong:
        sys.exit("\n".join(wrong))
    FILE.write_text(written([*revisions, *unlisted(files, revisions)]), "utf-8")


if __name__ == "__main__":
    main()
