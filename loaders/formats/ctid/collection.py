"""CTID's mappings of any number of files, folders and archives, as sets."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from graph.errors import InputRejectedError, UsageError
from loaders.evidence.model import EvidenceSet
from loaders.formats.ctid.explorer import read_explorer
from loaders.formats.ctid.stack import StackFile, read_stack_file, stack_sets
from loaders.reading.one_file import USUAL, Limits, SourceFile
from loaders.reading.problems import Problem, Severity
from loaders.reading.sources import read_tree

SUFFIXES = (".json", ".yaml", ".yml")
CSV_EXPORT = (b"capability_id,", b"\xef\xbb\xbfcapability_id,")
_EXPLORER_KEY = re.compile(rb"^mapping_objects[ \t]*:", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class CtidReading:
    """What was read.

    Attributes:
        sets: one for each Explorer file, and for each platform of Security Stack files.
        problems: files that are no mappings, and so belong to no set.
    """

    sets: tuple[EvidenceSet, ...]
    problems: tuple[Problem, ...]


def read_ctid(
    paths: Iterable[str], *, name: str | None = None, version: str | None = None, limits: Limits = USUAL
) -> CtidReading:
    """Return the sets of all mapping files under `paths` (files, folders, .zip archives).

    Args:
        paths: where they are; a file in a folder that is not a mapping is a problem, not an error.
        name: of the set, where the paths make one set only.
        version: of that set, or of all sets where each is of another domain.
        limits: how much may be read from each path.

    Raises:
        InputRejectedError: nothing under a path is a mapping, or two files are the same set.
        UsageError: a name or version is given for several sets.
    """
    read = [_read(path, name, version, limits) for path in paths]
    sets = tuple(each for reading in read for each in reading.sets)
    one_version = len({each.attack_domain for each in sets}) == len(sets)
    if len(sets) > 1 and (name or (version and not one_version)):
        raise UsageError(f"there are {len(sets)} sets, and --set names one", todo="load them one by one")
    _refuse_twins(sets)
    return CtidReading(sets, tuple(problem for reading in read for problem in reading.problems))


def _read(path: str, name: str | None, version: str | None, limits: Limits) -> CtidReading:
    sets: list[EvidenceSet] = []
    files: list[StackFile] = []
    problems: list[Problem] = []
    for entry in read_tree(path, SUFFIXES, limits):
        read = entry if isinstance(entry, Problem) else _read_file(entry, name, version)
        if isinstance(read, Problem):
            problems.append(read)
        elif isinstance(read, StackFile):
            files.append(read)
        else:
            sets.append(read)
    sets.extend(stack_sets(files, path, name=name, version=version))
    if not sets:
        raise _nothing(path, problems)
    return CtidReading(tuple(sets), tuple(problems))


def _read_file(
    source: SourceFile, name: str | None, version: str | None
) -> EvidenceSet | StackFile | Problem:
    if source.data.startswith(CSV_EXPORT):
        message = "is the CSV export of a mapping; give the JSON"
        return Problem(source.path, "", "not-a-mapping-file", message, Severity.SKIPPED, source.sha256)
    if not _is_json(source) and not _is_explorer_yaml(source):
        return read_stack_file(source)
    try:
        return read_explorer(source, name=name, version=version)
    except InputRejectedError as error:
        message = f"{error.what}; {error.todo}"
        return Problem(source.path, "", "not-a-mapping-file", message, Severity.SKIPPED, source.sha256)


def _is_json(source: SourceFile) -> bool:
    """Tell by the first character: a YAML mapping file begins with a key, whatever its file is called."""
    return source.data.lstrip()[:1] in {b"{", b"["} or source.path.casefold().endswith(".json")


def _is_explorer_yaml(source: SourceFile) -> bool:
    """Tell whether the file is a Mappings Explorer file in YAML; its keys are those of the JSON."""
    return _EXPLORER_KEY.search(source.data) is not None


def _nothing(path: str, problems: list[Problem]) -> InputRejectedError:
    if len(problems) == 1:
        only = problems[0]
        where = f"{only.path}: {only.pointer}" if only.pointer else only.path
        return InputRejectedError(f"{only.code}: {only.message}", where=where)
    what = f"none of {len(problems)} files is a mapping; the first: {problems[0]}" if problems else "no files"
    return InputRejectedError(what, where=path, todo="name CTID's files")


def _refuse_twins(sets: tuple[EvidenceSet, ...]) -> None:
    first: dict[str, EvidenceSet] = {}
    for each in sets:
        twin = first.setdefault(each.key, each)
        if twin is not each:
            what = f"is the set {each.key}, and so is {twin.source_name}"
            raise InputRejectedError(
                what, where=each.source_name, todo="load one of them, or pass --set-version"
            )
