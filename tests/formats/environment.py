from tests.formats.example import Example

FILE = """\
format: environment/1
name: soc
platforms: [IaaS, Nowhere]
log_sources:
  - {{name: "azure:signinlogs", status: {status}}}
enabled:
  - {{select: {{set: [mine]}}, since: 2026-01-01}}
placements:
  - {{select: {{set: [mine]}}, platforms: [IaaS]}}
"""

EXAMPLE = Example(
    first={"soc.yaml": FILE.format(status="collected")},
    other={"soc.yaml": FILE.format(status="planned")},
    broken={"soc.yaml": "format: environment/1\nname: [a]\n"},
)
