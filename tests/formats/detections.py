from tests.formats.example import Example

FILE = """\
format: native-detections/1
attack_domain: enterprise-attack
attack_version: "18.1"
generated: 2026-05-23
sources:
  - {{key: guard, name: Amazon GuardDuty, cloud: aws, platforms: [IaaS]}}
detections:
  - {{source: guard, finding: F1, techniques: [{{id: T1528, confidence: {confidence}}}]}}
"""

EXAMPLE = Example(
    first={"mine.yaml": FILE.format(confidence=0.5)},
    other={"mine.yaml": FILE.format(confidence=0.6)},
    broken={"mine.yaml": "format: native-detections/1\n"},
)
