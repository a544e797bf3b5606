"""What the contract needs to know of a format: some input of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from loaders.formats import Naming

Files = Mapping[str, str | bytes]
"""Name -> content."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """Input of one format, made of small files that the test writes.

    Attributes:
        first: input that can be loaded, with something odd in it where the format has such a thing.
        other: other content under the same key.
        broken: input of which nothing can be taken.
        naming: what is said of each of them.
        before: what must be loaded first: word -> file.
        options: values of the format's own options.
    """

    first: Files
    other: Files
    broken: Files
    naming: Naming = field(default_factory=Naming)
    before: Mapping[str, bytes] = field(default_factory=dict)
    options: Callable[[Path], Mapping[str, tuple[str, ...]]] = lambda _: {}


def written(folder: Path, files: Files) -> tuple[str, ...]:
    """Return the paths of the files, written under `folder`."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return tuple(str(folder / name) for name in files)
