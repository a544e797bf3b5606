"""What `sightline --help` lists: every command with its summary and the place of its function."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where a command's function stands.

    Attributes:
        function: `module:name`.
        summary: the first line of its docstring; a test compares them.
    """

    function: str
    summary: str


@dataclass(frozen=True, slots=True)
class Family:
    """Commands under one word, as `load attack` and `load sigma` are."""

    summary: str
    members: Mapping[str, Place]


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
            "Say how the local Neo4j is: its state, addresses, size and releases.",
        ),
        "browser": Place(
            "cli.commands.browser:browser",
            "Say where the Neo4j Browser is, open it, or export what it brings along.",
        ),
    },
    "Bring data": {
        "fetch": Family(
            "Fetch published files; not needed where they are at hand.",
            {
                "attack": Place(
                    "cli.commands.fetch:attack", "Fetch ATT&CK releases from MITRE's public repository."
                ),
                "sigma": Place(
                    "cli.commands.fetch:sigma",
                    "Fetch a release of the Sigma rules from SigmaHQ's public repository.",
                ),
                "ctid": Place(
                    "cli.commands.fetch:ctid",
                    "Fetch CTID's newest mappings from the public repository of its Mappings Explorer.",
                ),
            },
        ),
        "load": Family(
            "Load releases and evidence into the graph.",
            {
                "attack": Place(
                    "cli.commands.load:attack", "Load ATT&CK releases: STIX 2.0 or 2.1 bundles, plain or .gz."
                ),
                "sigma": Place(
                    "cli.commands.load:sigma",
                    "Load Sigma rules: a folder, a .zip or a file, as one set in one transaction.",
                ),
                "ctid": Place(
                    "cli.commands.load:ctid",
                    "Load CTID's mappings: Mappings Explorer JSON and Security Stack YAML.",
                ),
                "detections": Place(
                    "cli.commands.load:detections",
                    "Load what cloud products detect: files of the format native-detections/1.",
                ),
                "environment": Place(
                    "cli.commands.load:environment",
                    "Load what you run, collect and switch on: a file of the format environment/1.",
                ),
                "annotations": Place(
                    "cli.commands.load:annotations",
                    "Load your reading of official objects: files of the format attack-annotations/1.",
                ),
            },
        ),
        "releases": Place(
            "cli.commands.releases:releases", "List the loaded ATT&CK releases, with their sizes and hashes."
        ),
        "sets": Place(
            "cli.commands.sets:sets",
            "List the loaded sets of rules, detections and mappings, and which ones count.",
        ),
        "environments": Place(
            "cli.commands.environments:environments",
            "List the loaded environments: what each runs, collects and enables.",
        ),
        "annotations": Place(
            "cli.commands.annotations:annotations",
            "List the loaded files of annotations, who wrote them, and how many are reviewed.",
        ),
        "remove": Family(
            "Take a release or a set out.",
            {
                "release": Place(
                    "cli.commands.remove:release",
                    "Take a release out, in one transaction; evidence stays and resolves against the others.",
                ),
                "set": Place(
                    "cli.commands.remove:set_",
                    "Take a set of evidence, an environment or a file of annotations out, in one transaction.",
                ),
            },
        ),
    },
    "Ask": {
        "coverage": Place(
            "cli.commands.coverage:coverage",
            "Say what could detect techniques: claimed by whom, on which platforms.",
        ),
        "show": Place(
            "cli.commands.show:show",
            "Show one object whole: itself, what stands around it, and where it comes from.",
        ),
        "related": Place(
            "cli.commands.related:related",
            "List the techniques that belong together with one: by which measure, and how strongly.",
        ),
        "missing": Place(
            "cli.commands.missing:missing",
            "Count what is missing, by kind, or list what is missing of one kind.",
        ),
        "why": Place(
            "cli.commands.why:why",
            "Say what is missing first on the way to a detection in your environment.",
        ),
        "conflicts": Place(
            "cli.commands.conflicts:conflicts",
            "List statements that contradict each other, both sides with the place where each stands.",
        ),
        "plan": Family(
            "Decide what to do next.",
            {
                "telemetry": Place(
                    "cli.commands.plan:telemetry",
                    "Say which log sources to collect next to see most techniques, or what is lost if one stops.",
                ),
            },
        ),
        "history": Place(
            "cli.commands.history:history",
            "Show an object through the loaded releases: its versions, and what changed from each to the next.",
        ),
        "diff": Place(
            "cli.commands.diff:diff",
            "Compare two releases: objects and relationships that came, went or changed.",
        ),
        "search": Place(
            "cli.commands.search:search", "Find objects, evidence, log sources and annotations by their text."
        ),
        "raw": Place(
            "cli.commands.raw:raw",
            "Show the record that a publisher wrote for something, with its SHA-256.",
        ),
    },
    "Ask in your own words": {
        "queries": Place(
            "cli.commands.queries:queries", "List the canned questions, or print the text of one."
        ),
        "query": Place("cli.commands.query:query", "Ask one canned question."),
        "cypher": Place("cli.commands.cypher:cypher", "Ask in your own Cypher, which may only read."),
    },
}
