from tests.bundles import bundle, thing, tie
from tests.formats.example import Example

STEAL = thing("attack-pattern", "Steal", "T1528", x_mitre_platforms=["SaaS"])
CONTROL = thing("course-of-action", "Audit", "M1047")
LOST = tie("uses", thing("intrusion-set", "Nobody"), STEAL)

EXAMPLE = Example(
    first={"bundle.json": bundle(STEAL, CONTROL, tie("mitigates", CONTROL, STEAL), LOST, version="9.0")},
    other={"bundle.json": bundle(STEAL, version="9.0")},
    broken={"bundle.json": b'{"type": "bundle", "objects": []}'},
)
