"""What `sightline --help` lists: every command with its summary and the place of its function."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple


class Place(NamedTuple):
    """Where a command's function is.

    Attributes:
        function: `module:name`.
        summary: the first line of its docstring; a test compares them.
    """

    function: str
    summary: str


class Family(NamedTuple):
    """Commands under one word, as `load attack` and `load sigma` are."""

    summary: str
    members: Mapping[str, Place]


class Loads(Mapping[str, Place]):
    """The commands under `load`, from the table of formats, which is imported when one of them is asked for."""

    def _places(self) -> Mapping[str, Place]:
        from loaders.formats import FORMATS

        return {word: Place(f"cli.commands.load:{word}", entry.summary) for word, entry in FORMATS.items()}

    def __getitem__(self, word: str) -> Place:
        return self._places()[word]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places())

    def __len__(self) -> int:
        return len(self._places())


TOPICS: Mapping[str, Mapping[str, Place | Family]] = {
    "The local Neo4j": {
        "demo": Place(
            "cli.commands.demo:demo",
            "Start the local Neo4j, load the bundled sample, and show what covers T1528.",
        ),
        "up": Place("cli.commands.up:up", "Start the local Neo4j, after downloading it once."),
        "down": Place("cli.commands.down:down", "Stop the local Neo4j, and wait until its store is closed."),
        "status": Place(
            "cli.commands.status:status",
            "Show the status of the local Neo4j: its state, addresses, size and releases.",
        ),
        "browser": Place(
            "cli.commands.browser:browser",
            "Print or open the Neo4j Browser's address, or export its favorites and style.",
        ),
    },
    "Load data": {
        "fetch": Family(
            "Fetch published files; optional if you already have the files.",
            {
                "attack": Place(
                    "cli.commands.fetch:attack", "Fetch ATT&CK releases from MITRE's public repository."
                ),
                "sigma": Place(
                    "cli.commands.fetch:sigma",
                    "Fetch a release of the Sigma rules from SigmaHQ's public repository.",
                ),
                "elastic": Place(
                    "cli.commands.fetch:elastic",
                    "Fetch Elastic's detection rules from the public repository, under the Elastic License 2.0.",
                ),
                "splunk": Place(
                    "cli.commands.fetch:splunk",
                    "Fetch Splunk's detections and data sources from the public repository.",
                ),
                "sentinel": Place(
                    "cli.commands.fetch:sentinel",
                    "Fetch Sentinel's analytics rules from the public repository, whose archive is large.",
                ),
                "ctid": Place(
                    "cli.commands.fetch:ctid",
                    "Fetch CTID's newest mappings from the public repository of its Mappings Explorer.",
                ),
            },
        ),
        "load": Family(
            "Load releases and evidence into the graph.",
            Loads(),
        ),
        "releases": Place(
            "cli.commands.releases:releases", "List the loaded ATT&CK releases, with their sizes and hashes."
        ),
        "sets": Place(
            "cli.commands.sets:sets",
            "List the loaded sets of rules, detections, mappings and annotations, and which are in use.",
        ),
        "environments": Place(
            "cli.commands.environments:environments",
            "List the loaded environments: what each runs, collects and enables.",
        ),
        "environment": Family(
            "Begin the file of an environment.",
            {
                "init": Place(
                    "cli.commands.environment:init",
                    "Write a first environment file with what the loaded rules read, to edit.",
                ),
            },
        ),
        "annotations": Place(
            "cli.commands.annotations:annotations",
            "List the loaded files of annotations, who wrote them, and how many are reviewed.",
        ),
        "remove": Family(
            "Remove a release or set.",
            {
                "release": Place(
                    "cli.commands.remove:release",
                    "Remove a release in one transaction; evidence stays and resolves against the others.",
                ),
                "set": Place(
                    "cli.commands.remove:set_",
                    "Remove an evidence set, an environment or an annotations file in one transaction.",
                ),
            },
        ),
    },
    "Ask": {
        "coverage": Place(
            "cli.commands.coverage:coverage",
            "Show what can detect a technique, on which platforms, and who claims it.",
        ),
        "show": Place(
            "cli.commands.show:show",
            "Show an object with its relationships and provenance.",
        ),
        "related": Place(
            "cli.commands.related:related",
            "List techniques related to a given one: by which measure, and how strongly.",
        ),
        "missing": Place(
            "cli.commands.missing:missing",
            "Count missing relationships by kind, or list those of one kind.",
        ),
        "why": Place(
            "cli.commands.why:why",
            "Explain why a technique is not covered: the first missing step.",
        ),
        "trace": Place(
            "cli.commands.trace:trace",
            "Show coverage paths from evidence to technique and tactic, with the record behind every hop.",
        ),
        "verify": Place(
            "cli.commands.verify:verify",
            "Check a proof, an answer file or a page without a database.",
        ),
        "conflicts": Place(
            "cli.commands.conflicts:conflicts",
            "List statements that contradict each other, each with its origin.",
        ),
        "plan": Family(
            "Decide what to do next.",
            {
                "telemetry": Place(
                    "cli.commands.plan.telemetry:telemetry",
                    "Choose the log sources to collect next, or show what is lost if one stops.",
                ),
                "rules": Place(
                    "cli.commands.plan.rules:rules",
                    "Choose the rules to switch on, feed, adapt or write next, by known use.",
                ),
                "upgrade": Place(
                    "cli.commands.plan.upgrade:upgrade",
                    "Show what going to another release does to claims, tactic tags and coverage.",
                ),
            },
        ),
        "check": Place(
            "cli.commands.check:check",
            "Check a repository of rules: techniques, tactics, tags, ids, log sources, conditions.",
        ),
        "lint": Place(
            "cli.commands.lint:lint",
            "List where the texts of official objects and annotations say what the structure does not.",
        ),
        "history": Place(
            "cli.commands.history:history",
            "Show an object's versions across the loaded releases, and what changed in each.",
        ),
        "diff": Place(
            "cli.commands.diff:diff",
            "Compare two releases: objects and relationships added, removed or changed.",
        ),
        "search": Place(
            "cli.commands.search:search", "Find objects, evidence, log sources and annotations by their text."
        ),
        "raw": Place(
            "cli.commands.raw:raw",
            "Show the source record of an object, of evidence or of anything else that has one, with its SHA-256.",
        ),
    },
    "Share": {
        "export": Family(
            "Write pages, layers and pictures to share.",
            {
                "page": Place(
                    "cli.commands.export.page:page",
                    "Write the page of one object as one HTML file that needs nothing else.",
                ),
                "site": Place(
                    "cli.commands.export.site:site_",
                    "Write the pages of a release as a folder that any static host, or a browser alone, shows.",
                ),
                "matrix": Place(
                    "cli.commands.export.matrix:matrix_",
                    "Write the matrix with the state of every technique, as a page or as a picture.",
                ),
                "layer": Place(
                    "cli.commands.export.layer:layer_",
                    "Write layers for the ATT&CK Navigator, format 4.5.",
                ),
                "workbook": Place(
                    "cli.commands.export.workbook:workbook_",
                    "Write a workbook: by tactic, by technique, evidence, gaps, sets, and what they rest on.",
                ),
            },
        ),
    },
    "Custom queries": {
        "queries": Place(
            "cli.commands.queries:queries", "List the built-in queries, or print the text or schema of one."
        ),
        "query": Place("cli.commands.query:query", "Run one built-in query."),
        "cypher": Place("cli.commands.cypher:cypher", "Run your own Cypher, read-only."),
    },
    "Programs": {
        "schema": Place(
            "cli.commands.schema:schema",
            "Print the JSON Schema of what a command writes with --format json.",
        ),
        "mcp": Place(
            "cli.commands.mcp:mcp",
            "Answer programs over standard input and output, read-only (Model Context Protocol).",
        ),
    },
}
