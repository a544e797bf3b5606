import json

from tests.formats.example import Example

METADATA = {
    "mapping_framework": "aws",
    "mapping_framework_version": "12/12/2024",
    "attack_version": "16.1",
    "technology_domain": "enterprise",
}


def mapping(*rows: dict[str, str]) -> str:
    return json.dumps({"metadata": METADATA, "mapping_objects": rows})


def row(capability: str, technique: str) -> dict[str, str]:
    return {
        "capability_id": capability,
        "capability_description": capability,
        "attack_object_id": technique,
        "mapping_type": "technique_scores",
        "score_category": "detect",
        "score_value": "partial",
        "status": "complete",
    }


EXAMPLE = Example(
    first={"aws.json": mapping(row("guard", "T1528"), row("guard", "T1078"), row("guard", "no id"))},
    other={"aws.json": mapping(row("guard", "T1528"))},
    broken={"aws.json": mapping({"attack_object_id": "T1528"})},
)
