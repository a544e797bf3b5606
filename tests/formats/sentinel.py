from loaders.formats import Naming
from tests.formats.example import Example

RULE = """\
id: {id}
name: Rule {id}
description: |
  'Finds something.'
severity: Medium
status: Available
requiredDataConnectors:
  - connectorId: AzureActiveDirectory
    dataTypes:
      - AuditLogs
  - connectorId: Acme
    dataTypes:
      - Acme_CL
queryFrequency: 1h
tactics:
  - CredentialAccess
relevantTechniques:
  - T1528
query: |
  AuditLogs | take 1
version: 1.0.0
kind: Scheduled
"""

EXAMPLE = Example(
    first={
        "rules/a.yaml": RULE.format(id="a"),
        "rules/b.yaml": "id: b\nname: It moved\ndescription: moved\n",
        "rules/c.yaml": "{",
    },
    other={
        "rules/a.yaml": RULE.format(id="a").replace("Medium", "Low"),
        "rules/b.yaml": RULE.format(id="b"),
    },
    broken={"rules/a.yaml": "id: b\nname: It moved\n"},
    naming=Naming("mine", "1"),
)
