"""Which commands are tools, and what their answers do not say."""

from collections.abc import Mapping
from dataclasses import dataclass

from cli.topics import TOPICS, Place


@dataclass(frozen=True, slots=True)
class Tool:
    """A command as a program calls it.

    Attributes:
        command: its words, such as `plan telemetry`.
        takes: the parameters that are offered; any other stays out of reach, and with it every file of this machine.
        not_said: what the numbers of its answers do not say.
        third_party: whether its rows hold texts that MITRE, rule authors or others wrote.
    """

    command: str
    takes: tuple[str, ...]
    not_said: str
    third_party: bool = True

    @property
    def place(self) -> Place:
        """Where the function of its command is."""
        return _PLACES[self.command]


_PLAN = "plan"
"""The family of commands that only ask."""


def _places() -> Mapping[str, Place]:
    found: dict[str, Place] = {}
    for members in TOPICS.values():
        for word, member in members.items():
            if isinstance(member, Place):
                found[word] = member
            elif word == _PLAN:
                found |= {f"{word} {under}": place for under, place in member.members.items()}
    return found


_PLACES = _places()
_OF_RELEASE = ("release", "domain")

TOOLS: Mapping[str, Tool] = {
    "coverage": Tool(
        "coverage",
        (
            *(
                "ids",
                "by",
                "evidence",
                "releases",
                "all_sets",
                "environment",
                "of_set",
                "tactic",
                "platform",
                "used_by",
            ),
            *_OF_RELEASE,
        ),
        "A claim says that somebody states a detection, not that the rule fires; `unplaced` is a claim without a "
        "platform. Evidence that is not loaded is not counted.",
    ),
    "why": Tool(
        "why",
        ("what", "environment", "platform", *_OF_RELEASE),
        "The first missing step is named; later steps may be missing too. An environment is what its file declares.",
    ),
    "missing": Tool(
        "missing",
        ("names", "environment", "limit", *_OF_RELEASE),
        "A count is of what is loaded; a gap of ATT&CK's content is not a gap of your defense, nor the reverse.",
    ),
    "related": Tool(
        "related",
        ("ids", "method", "limit", *_OF_RELEASE),
        "A score measures what two techniques share; it does not predict that they occur together.",
    ),
    "show": Tool(
        "show",
        ("what", *_OF_RELEASE),
        "An object is shown as one release states it; official content, claims about it and annotations are apart.",
    ),
    "search": Tool(
        "search",
        ("text", "limit", *_OF_RELEASE),
        "Hits are ranked by words, not by importance.",
    ),
    "history": Tool(
        "history",
        ("what", "field", "relationships"),
        "Only loaded releases are compared; what changed between releases that are not loaded is not seen.",
    ),
    "diff": Tool(
        "diff",
        ("older", "newer", "names", "paths", "evidence", "rules", "section"),
        "Two releases are compared at their ends; a change that was taken back in between is not seen.",
    ),
    "conflicts": Tool(
        "conflicts",
        ("what", *_OF_RELEASE),
        "Both sides of a contradiction are shown; which one is right is not decided.",
    ),
    "plan_telemetry": Tool(
        "plan telemetry",
        ("gain", "sources", "without", "environment", *_OF_RELEASE),
        "A technique that becomes visible is not detected: it needs a rule too. Costs of log sources are not known.",
    ),
    "plan_rules": Tool(
        "plan rules",
        ("limit", "each", "environment", "of_set", "tactic", "platform", "used_by", *_OF_RELEASE),
        "A loaded rule was not tested here; whether it fires, and how often, is not known.",
    ),
    "plan_upgrade": Tool(
        "plan upgrade",
        ("newer", "older", "of_set", "environment", "section", "domain"),
        "What a release does to tags and states is computed from what is loaded; whether a rule still fires is not "
        "known. A successor takes the place of an id, not always of its meaning.",
    ),
    "trace": Tool(
        "trace",
        ("what", "to", "environment", "platform", "all_sets", *_OF_RELEASE),
        "A path shows that records state a claim; not that the rule fires, nor that nothing else exists.",
    ),
    "ask": Tool(
        "query",
        ("name", "param", *_OF_RELEASE),
        "Rows are what the named question returns; resource sightline://semantics defines its words.",
    ),
    "queries": Tool(
        "queries",
        ("words", "topic"),
        "This lists questions; tool `ask` runs one.",
        third_party=False,
    ),
    "cypher": Tool(
        "cypher",
        ("text", "param", "most_rows", "timeout"),
        "Your own statement decides what is counted: it sees every release and every set, superseded ones too, "
        "unless it leaves them out.",
    ),
}
"""By name; the commands that only read, with the parameters that name no file."""
