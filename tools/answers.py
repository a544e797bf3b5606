"""The recording: what every built-in query and every command answers on real content, as digests that git keeps.

A change of an answer is a change of its digest: `make answers` renews them on purpose, and
tests/integration/test_answers.py compares. The rows themselves are in a folder that git ignores, so that a difference
can be shown row by row on the machine that recorded them. What differs between two runs is masked: the time of the
run, ports, folders.
"""

import io
import json
import re
import shlex
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cli import app
from graph.record import sha256_hex
from graph.server.connection import Graph
from queries.catalog import CATALOG
from tools.data_folder import CHECKOUT, data_folder

DIGESTS = CHECKOUT / "tests" / "integration" / "answers.digests"
ROWS = CHECKOUT / ".answers"
RELEASES = ("enterprise-attack@18.1", "enterprise-attack@17.1", "ics-attack@18.1")
EXAMPLE = CHECKOUT / "docs" / "example"

ENTERPRISE = (
    "attack {data}/attack/enterprise-attack-17.1.json.gz --release 17.1",
    "attack {data}/attack/enterprise-attack-18.1.json.gz --release 18.1",
)
LOADS = (
    *ENTERPRISE,
    "attack {data}/attack/ics-attack-18.1.json.gz",
    "sigma {data}/sigma/sigma-rules-r2026-04-01.zip",
    *(
        f"ctid {{data}}/ctid/{name}_attack-16.1-enterprise.json"
        for name in ("aws-12.12.2024", "azure-04.26.2025", "gcp-03.06.2025", "m365-07.18.2025")
    ),
    "ctid {data}/ctid/security-stack",
    "detections {formats}/native-detections.yaml",
    "sigma {example}/rules --set example-rules --set-version 1",
    "ctid {example}/mapping.json --set example-mapping --set-version 1",
)
"""Each `sightline load` of what publishers and rules state, in an order that a test turns around."""

YOURS = (
    "environment {formats}/environment.yaml",
    "environment {example}/environment.yaml",
    "annotations {formats}/annotations.yaml",
)
"""Likewise, after them: annotations are refused without their release."""

COMMANDS: Mapping[str, Sequence[str]] = {
    "load attack": ("{data}/attack/enterprise-attack-18.1.json.gz --release 18.1 --dry-run",),
    "load sigma": ("{example}/rules --set example-rules --set-version 1 --dry-run",),
    "load sentinel": ("{data}/rules/sentinel-sample-35.zip --set sentinel --set-version 1 --dry-run",),
    "load atomic": ("{data}/rules/atomic-red-team-2026-08-17.zip --set atomic --set-version 1 --dry-run",),
    "load sigma-tests": (
        "{data}/rules/sigma-regression-r2026-04-01.zip --set sigma-tests --set-version 1 --dry-run",
    ),
    "load ctid": ("{example}/mapping.json --set example-mapping --set-version 1 --dry-run",),
    "load detections": ("{formats}/native-detections.yaml --dry-run",),
    "load environment": ("{formats}/environment.yaml --dry-run",),
    "load annotations": ("{formats}/annotations.yaml --dry-run",),
    "releases": ("",),
    "sets": ("",),
    "environments": ("",),
    "annotations": ("",),
    "remove release": ("enterprise-attack@1.0 --yes",),
    "remove set": ("sigmahq@never --yes",),
    "coverage": (
        *(
            "",
            "--by platform",
            "--by technique",
            "--by source",
            "--environment cloud-soc",
            "T1528 --evidence",
        ),
        *("T1528 T1078", "T1528 --by source", "T1528 --by log-source", "T1528 --environment cloud-soc"),
        *("--domain ics", "--release 17.1", "--by tactic --used-by G0016", "--by tactic --platform SaaS"),
        *("--over 17.1,18.1", "T1528 --over 17.1,18.1"),
    ),
    "show": (
        "T1528",
        "G0016",
        "DC0002",
        "TA0006",
        "9b2cc4c4-2ad4-416d-8e8e-ee6aa6f5035a",
        "T1528 --release 17.1",
    ),
    "environment init": ("soc --output -",),
    "related": ("T1528", "T1078.004 --release 17.1", "T1528 T1550.001 T1098.003"),
    "missing": ("--environment cloud-soc", "rule-tactic-mismatch", "--domain ics"),
    "why": ("T1528 --environment cloud-soc", "T1078 --environment example"),
    "trace": ("T1528", "AN0496", "T1528 --environment cloud-soc"),
    "verify": ("{example}/proof.json",),
    "conflicts": ("", "T1528"),
    "plan telemetry": ("--sources 5 --exact 0", "--environment cloud-soc --without azure:audit"),
    "plan rules": ("--environment cloud-soc --limit 5",),
    "check": ("{example}/rules", "{data}/rules/sentinel-sample-35.zip --rules sentinel"),
    "plan upgrade": ("18.1 --from 17.1", "18.1 --set sigmahq --section counts"),
    "lint": ("",),
    "history": ("T1528", "TA0005", "T1528 --field description", "T1528 --relationships"),
    "diff": ("17.1 18.1", "17.1 18.1 --names --paths --evidence --rules"),
    "search": ("token theft --limit 5000", "azure:signinlogs --limit 5000"),
    "raw": ("T1528", "9b2cc4c4-2ad4-416d-8e8e-ee6aa6f5035a"),
    "export workbook": ("{scratch}/coverage.xlsx",),
    "export page": ("T1528 --output {scratch}/page.html",),
    "export matrix": ("--output {scratch}/matrix.svg",),
    "export layer": ("coverage gaps --output {scratch}/layer.json",),
    "queries": ("",),
    "query": ("coverage.by-tactic", "lookup.platforms --release 17.1"),
    "cypher": ("'MATCH (t:Tactic) RETURN t.release AS release, count(*) AS tactics ORDER BY release'",),
}
"""Command -> the words after it, once for each call."""

NOT_RECORDED = {
    "demo": "starts a server",
    "up": "starts a server",
    "down": "stops it",
    "status": "is about this machine",
    "browser": "is about this machine",
    "fetch attack": "asks the publisher",
    "fetch sigma": "asks the publisher",
    "fetch ctid": "asks the publisher",
    "fetch elastic": "asks the publisher",
    "fetch splunk": "asks the publisher",
    "fetch sentinel": "asks the publisher",
    "mcp": "is a server; tests/integration/cli/test_mcp.py talks to it",
    "schema": "is the same without a database; docs/schemas has what it prints",
    "load elastic": "reads for half a minute; tests/integration/loaders has its numbers",
    "export site": "writes a thousand pages; tests/integration/pages has tests of its own",
    "load splunk": "reads for half a minute; tests/integration/loaders has its numbers",
}
"""Command -> why no answer of it is recorded."""

SEARCH, EVERY_HIT = "lookup.search", 5000
_SCORE = re.compile(r'"score": [0-9.e-]+(?:, )?')
_PORT = re.compile(r"(?<=127\.0\.0\.1:)\d+")
_OF_THE_RUN = frozenset(
    {
        *("loaded_at", "load_id", "seconds", "elapsed", "loader_version", "program", "version_of_sightline"),
        *("source_url", "fetched_on", "git_commit"),
    }
)

Recording = Mapping[str, list[str]]
"""Call -> its rows, each as JSON in one line."""


@dataclass(frozen=True, slots=True)
class Places:
    """The folders that calls name: of real data, and one for files that commands write."""

    data: Path
    scratch: Path

    @property
    def formats(self) -> Path:
        """The examples of our own formats that lie beside the real data."""
        return self.data.parent / "formats" / "good"

    def words(self, text: str) -> list[str]:
        """Return the words of a call, its folders put in."""
        return [
            word.format(data=self.data, formats=self.formats, example=EXAMPLE, scratch=self.scratch)
            if "{" in word and not word.startswith("MATCH")
            else word
            for word in shlex.split(text)
        ]

    def masked(self, text: str) -> str:
        """Return a text without what differs from run to run and from machine to machine."""
        named = ((self.scratch, "SCRATCH"), (self.data.parent, "SHARED"), (CHECKOUT, "CHECKOUT"))
        for path, name in named:
            text = text.replace(str(path), name)
        return _PORT.sub("PORT", _today().sub("TIME", text))


def usual_places(scratch: Path) -> Places:
    """Return the places of this machine."""
    return Places(data_folder().resolve(), scratch)


def _today() -> re.Pattern[str]:
    """Return a pattern of the times of a run: yesterday's and tomorrow's too, for it may pass midnight."""
    now = datetime.now(UTC)
    days = "|".join((now + timedelta(days=n)).date().isoformat() for n in (-1, 0, 1))
    return re.compile(rf"(?:{days})T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00:00)?")


def load(places: Places, *, backwards: bool = False) -> None:
    """Load everything into the database that the environment names.

    Raises:
        RuntimeError: a load fails.
    """
    for text in (*LOADS[::-1], *YOURS[::-1]) if backwards else (*LOADS, *YOURS):
        code, out = call(["load", *places.words(text)])
        if code:
            raise RuntimeError(f"sightline load {text}: exit code {code}: {out[-500:]}")


def recorded(graph: Graph, places: Places) -> Recording:
    """Return what every question and every command answers."""
    return {**dict(_of_questions(graph, places)), **dict(_of_commands(places))}


def _of_questions(graph: Graph, places: Places) -> Iterator[tuple[str, list[str]]]:
    for name, question in CATALOG.items():
        example = graph.read(f"RETURN {question.file.example} AS given")[0]["given"]
        if not isinstance(example, dict):
            raise TypeError(f"{name}: its example is not a map")
        for release in RELEASES if "release" in example else (None,):
            given = example | ({"release": release} if release else {})
            if name == SEARCH:
                given["limit"] = EVERY_HIT
            rows = [_line(row, places) for row in graph.read(question.file.statement, given)]
            yield f"{name} {release or ''}".strip(), _unscored(rows) if name == SEARCH else rows


def _of_commands(places: Places) -> Iterator[tuple[str, list[str]]]:
    for command, calls in COMMANDS.items():
        for text in calls:
            code, out = call([*command.split(), *places.words(text), "--format", "json"])
            rows = list(_answered(out, places))
            yield (
                f"sightline {command} {text}".strip(),
                [f"exit code {code}", *(_unscored(rows) if command == "search" else rows)],
            )


def _unscored(lines: Sequence[str]) -> list[str]:
    """Return the hits of a search without their scores and order, which depend on what else was ever loaded there."""
    return sorted(_SCORE.sub("", line) for line in lines)


def _answered(out: str, places: Places) -> Iterator[str]:
    """Yield the rows of an answer in JSON; another one is one text."""
    try:
        answer = json.loads(out)
    except ValueError:
        yield places.masked(out)
        return
    for row in answer if isinstance(answer, list) else [answer]:
        yield _line(row, places)


def _line(row: object, places: Places) -> str:
    return places.masked(json.dumps(_kept(row), sort_keys=True, ensure_ascii=False, default=str))


def _kept(value: object) -> object:
    if isinstance(value, dict):
        return {name: _kept(each) for name, each in value.items() if name not in _OF_THE_RUN}
    return [_kept(each) for each in value] if isinstance(value, list) else value


def call(words: Sequence[str]) -> tuple[int, str]:
    """Return the exit code and the stdout of `sightline WORDS`, run in this process."""
    before = sys.stdout, sys.stderr
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8") for _ in before)
    sys.stdout, sys.stderr = out, err
    try:
        code = app.run(list(words))
        out.seek(0)
        return code, out.read()
    finally:
        sys.stdout, sys.stderr = before


def digests(recording: Recording) -> str:
    """Return the text of the file of digests: one line for each call."""
    return "".join(
        f"{sha256_hex(chr(10).join(rows).encode())[:32]} {name}\n" for name, rows in recording.items()
    )


def keep(recording: Recording) -> None:
    """Write the digests, and the rows into the folder that git ignores."""
    DIGESTS.write_text(digests(recording), "utf-8")
    keep_rows(recording, ROWS)


def keep_rows(recording: Recording, folder: Path) -> None:
    """Write the rows of each call into a file of its own."""
    folder.mkdir(exist_ok=True)
    for name, rows in recording.items():
        (folder / file_name(name)).write_text("\n".join(rows), "utf-8")


def file_name(call_name: str) -> str:
    """Return the name of the file with the rows of a call."""
    return f"{re.sub(r'[^A-Za-z0-9@.-]+', '_', call_name)[:80]}-{sha256_hex(call_name.encode())[:8]}"


def differences(recording: Recording) -> list[str]:
    """Return one line for each call whose answer is not that of the digests, with the first row that differs."""
    kept, found = _by_call(DIGESTS.read_text("utf-8")), _by_call(digests(recording))
    names = [name for name in {**kept, **found} if kept.get(name) != found.get(name)]
    return [f"{name}: {_first(name, recording.get(name))}" for name in names]


def _by_call(text: str) -> dict[str, str]:
    """Return the digests of a file, by the call."""
    pairs = (line.partition(" ") for line in text.splitlines())
    return {name: digest for digest, _, name in pairs}


def _first(name: str, rows: list[str] | None) -> str:
    if rows is None:
        return "is no longer asked"
    path = ROWS / file_name(name)
    if not path.is_file():
        return "differs; `make answers` on the commit before keeps its rows to compare with"
    before = path.read_text("utf-8").split("\n")
    for number, (old, new) in enumerate(zip(before, rows, strict=False), 1):
        if old != new:
            return f"row {number} was {old[:300]}, is {new[:300]}"
    return f"had {len(before)} rows, has {len(rows)}"
