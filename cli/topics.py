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
            "cli.demo:demo", "Start the local Neo4j, load the bundled sample, and show what covers T1528."
        ),
        "up": Place("cli.local:up", "Start the local Neo4j, after downloading it once."),
        "down": Place("cli.local:down", "Stop the local Neo4j, and wait until its store is closed."),
        "status": Place(
            "cli.local:status", "Say how the local Neo4j is: its state, addresses, size and releases."
        ),
        "browser": Place(
            "cli.browser:browser", "Say where the Neo4j Browser is, open it, or export what it brings along."
        ),
    },
    "Bring data": {
        "fetch": Family(
            "Fetch published files; not needed where they are at hand.",
            {
                "attack": Place(
                    "cli.fetching:attack", "Fetch ATT&CK releases from MITRE's public repository."
                ),
                "sigma": Place(
                    "cli.fetching:sigma",
                    "Fetch a release of the Sigma rules from SigmaHQ's public repository.",
                ),
                "ctid": Place(
                    "cli.fetching:ctid",
                    "Fetch CTID's newest mappings from the public repository of its Mappings Explorer.",
                ),
            },
        ),
        "load": Family(
            "Load releases and evidence into the graph.",
            {
                "attack": Place(
                    "cli.loading:attack", "Load ATT&CK releases: STIX 2.0 or 2.1 bundles, plain or .gz."
                ),
                "sigma": Place(
                    "cli.loading:sigma",
                    "Load Sigma rules: a folder, a .zip or a file, as one set in one transaction.",
                ),
                "ctid": Place(
                    "cli.loading:ctid",
                    "Load CTID's mappings: Mappings Explorer JSON and Security Stack YAML.",
                ),
                "detections": Place(
                    "cli.loading:detections",
                    "Load what cloud products detect: files of the format native-detections/1.",
                ),
                "environment": Place(
                    "cli.loading:environment",
                    "Load what you run, collect and switch on: a file of the format environment/1.",
                ),
                "annotations": Place(
                    "cli.loading:annotations",
                    "Load your reading of official objects: files of the format attack-annotations/1.",
                ),
            },
        ),
        "releases": Place(
            "cli.loaded:releases", "List the loaded ATT&CK releases, with their sizes and hashes."
        ),
        "sets": Place(
            "cli.loaded:sets", "List the loaded sets of rules, detections and mappings, and which ones count."
        ),
        "environments": Place(
            "cli.loaded:environments", "List the loaded environments: what each runs, collects and enables."
        ),
        "annotations": Place(
            "cli.loaded:annotations",
            "List the loaded files of annotations, who wrote them, and how many are reviewed.",
        ),
        "remove": Family(
            "Take a release or a set out.",
            {
                "release": Place(
                    "cli.loaded:remove_release",
                    "Take a release out, in one transaction; evidence stays and resolves against the others.",
                ),
                "set": Place(
                    "cli.loaded:remove_set",
                    "Take a set of evidence, an environment or a file of annotations out, in one transaction.",
                ),
            },
        ),
    },
    "Ask": {
        "coverage": Place(
            "cli.coverage:coverage", "Say what could detect techniques: claimed by whom, on which platforms."
        ),
        "show": Place(
            "cli.show:show",
            "Show one object whole: itself, what stands around it, and where it comes from.",
        ),
        "related": Place(
            "cli.related:related",
            "List the techniques that belong together with one: by which measure, and how strongly.",
        ),
        "missing": Place(
            "cli.missing:missing", "Count what is missing, by kind, or list what is missing of one kind."
        ),
        "why": Place(
            "cli.reasons:why",
            "Say what is missing first on the way to a detection in your environment.",
        ),
        "conflicts": Place(
            "cli.reasons:conflicts",
            "List statements that contradict each other, both sides with the place where each stands.",
        ),
        "plan": Family(
            "Decide what to do next.",
            {
                "telemetry": Place(
                    "cli.plan:telemetry",
                    "Say which log sources to collect next to see most techniques, or what is lost if one stops.",
                ),
            },
        ),
        "history": Place(
            "cli.change:history",
            "Show an object through the loaded releases: its versions, and what changed from each to the next.",
        ),
        "diff": Place(
            "cli.change:diff", "Compare two releases: objects and relationships that came, went or changed."
        ),
        "search": Place(
            "cli.lookup:search", "Find objects, evidence, log sources and annotations by their text."
        ),
        "raw": Place(
            "cli.lookup:raw", "Show the record that a publisher wrote for something, with its SHA-256."
        ),
    },
    "Ask in your own words": {
        "queries": Place("cli.catalog:queries", "List the canned questions, or print the text of one."),
        "query": Place("cli.catalog:query", "Ask one canned question."),
        "cypher": Place("cli.own:cypher", "Ask in your own Cypher, which may only read."),
    },
}
