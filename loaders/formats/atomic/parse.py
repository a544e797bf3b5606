"""One file of Atomic Red Team as its tests, or as the problem that says why it has none."""

from collections.abc import Iterator, Mapping

from graph.identifiers import LONGEST_NAME
from graph.record import sha256_hex
from loaders.evidence.claimed import claimed_id
from loaders.evidence.fields import Fields, NotARuleError
from loaders.evidence.rule import RuleTest
from loaders.reading.problems import Problem
from loaders.reading.yaml_text import YamlDocument

AUTHOR = "Atomic Red Team"
KIND = "atomic"
_PLATFORMS: Mapping[str, tuple[str, str]] = {
    "windows": ("Windows", ""),
    "linux": ("Linux", ""),
    "macos": ("macOS", ""),
    "containers": ("Containers", ""),
    "esxi": ("ESXi", ""),
    "iaas:aws": ("IaaS", "aws"),
    "iaas:azure": ("IaaS", "azure"),
    "iaas:gcp": ("IaaS", "gcp"),
    "azure-ad": ("Identity Provider", "azure"),
    "office-365": ("Office Suite", "m365"),
    "google-workspace": ("Office Suite", "google_workspace"),
    "saas": ("SaaS", ""),
}
"""Its word for a platform -> ATT&CK's, and what is watched there, which decides its older name."""


def parse_tests(path: str, document: YamlDocument) -> Iterator[RuleTest | Problem]:
    """Yield the tests of a file, and what is odd about it.

    A test without a GUID has no lasting name and is not taken.
    """
    fields = Fields(path, sha256_hex(document.raw), document.value, document.locate)
    try:
        technique, entries = _technique(fields), fields.mappings("atomic_tests")
        if not entries:
            raise fields.refuse(
                "/atomic_tests", "not-a-test", "has no atomic_tests; not a file of Atomic Red Team"
            )
    except NotARuleError as refused:
        yield refused.problem
        return
    for entry in entries:
        try:
            yield _test(entry, technique)
        except NotARuleError as refused:
            yield refused.problem
    yield from dict.fromkeys(fields.problems)


def _technique(fields: Fields) -> str:
    written = fields.text("attack_technique")
    attack_id = claimed_id(written)
    if attack_id is None:
        what = (
            f"attack_technique {written[:40]!r} is not the id of a technique; correct it"
            if written
            else ("has no attack_technique; not a file of Atomic Red Team")
        )
        raise fields.refuse("/attack_technique", "bad-attack-id" if written else "not-a-test", what)
    return attack_id


def _test(entry: Fields, technique: str) -> RuleTest:
    guid, title = entry.text("auto_generated_guid"), entry.text("name")
    if guid is None or len(guid) > LONGEST_NAME:
        raise entry.refuse("/auto_generated_guid", "no-guid", "a test needs auto_generated_guid; add one")
    platforms = dict(_platforms(entry))
    return RuleTest(
        id=guid,
        kind=KIND,
        title=title or guid,
        sha256=entry.sha256,
        platforms=tuple(dict.fromkeys(name for name, _ in platforms.values())),
        watched=tuple(watched for _, watched in platforms.values() if watched),
        author=AUTHOR,
        exercises=(technique,),
        path=entry.path,
        line=entry.locate(entry.at),
    )


def _platforms(entry: Fields) -> Iterator[tuple[str, tuple[str, str]]]:
    for pointer, written in entry.placed_texts("supported_platforms"):
        word = written.strip().casefold()
        if word in _PLATFORMS:
            yield word, _PLATFORMS[word]
        else:
            place = pointer.removeprefix(entry.at)
            entry.note(place, "unknown-platform", f"the platform {written[:40]!r} is not one that we know")
