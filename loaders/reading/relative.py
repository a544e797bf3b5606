"""Names of files that are the same on every machine: what is stored says nothing of where a source lay."""

from pathlib import PurePath


def inside(source: str, file: str) -> str:
    """Return where a file is in its source: below the folder, in the archive; its name where it is the source."""
    below = file.removeprefix(source).lstrip("!/")
    return below if below and below != file else base_name(file)


def base_name(path: str) -> str:
    """Return the last name of a path; what is in an archive, `!windows/a.yml` after its name, is kept."""
    outer, mark, entry = path.partition("!")
    return f"{PurePath(outer).name or outer}{mark}{entry}"
