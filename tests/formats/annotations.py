from tests.bundles import bundle, thing
from tests.formats.example import Example

FILE = """\
format: attack-annotations/1
attack_domain: enterprise-attack
attack_version: "9.0"
annotations:
  - id: note-1
    object: {{attack_id: T1528}}
    author: me
    created: 2026-01-01
    confidence: {confidence}
    likely_telemetry:
      - {{text: look, refs: [DC0099], log_source: "azure:signinlogs"}}
    limits: none
    claims: [{{field: tactics, expect: 1}}]
"""

EXAMPLE = Example(
    first={"notes.yaml": FILE.format(confidence="low")},
    other={"notes.yaml": FILE.format(confidence="high")},
    broken={"notes.yaml": FILE.format(confidence="low").replace("T1528", "T9999")},
    before={"attack": bundle(thing("attack-pattern", "Steal", "T1528"), version="9.0")},
)
