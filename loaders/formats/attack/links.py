"""Links to attack.mitre.org inside descriptions: what an object mentions."""

import re
from collections.abc import Iterator

_LINK = re.compile(
    r"https?://attack\.mitre\.org/(?:versions/v[\d.]+/)?"
    r"(techniques|tactics|mitigations|groups|software|campaigns|assets|datasources|datacomponents|detectionstrategies)"
    r"/([A-Z]+\d{4})(?:/(\d{3}))?(?:#([A-Z]+\d{4}))?"
)

_LABELS = {
    "techniques": "Technique",
    "tactics": "Tactic",
    "mitigations": "Mitigation",
    "groups": "Group",
    "software": "Software",
    "campaigns": "Campaign",
    "assets": "Asset",
    "datasources": "DataSource",
    "datacomponents": "DataComponent",
    "detectionstrategies": "DetectionStrategy",
}


def mentioned(text: str) -> Iterator[tuple[str, str]]:
    """Yield (label, attack id) for each link in `text`, in order, repetitions included.

    `/techniques/T1055/011` is T1055.011 and `/detectionstrategies/DET0174#AN0496` is the analytic AN0496.
    """
    for folder, first, second, anchor in _LINK.findall(text):
        if anchor.startswith("AN"):
            yield "Analytic", anchor
        else:
            yield _LABELS[folder], f"{first}.{second}" if second else first
