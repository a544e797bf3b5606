from loaders.formats import Naming
from tests.formats.example import Example

RULE = """\
[metadata]
creation_date = "2026/01/02"
integration = ["azure"]
maturity = "production"
updated_date = "2026/02/03"

[rule]
author = ["Somebody"]
description = "Finds something."
index = ["logs-azure.auditlogs-*", "logs-acme.vpn-*"]
language = "kuery"
license = "MIT"
name = "Rule {id}"
risk_score = 47
rule_id = "{id}"
severity = "medium"
tags = ["Domain: Cloud", "Data Source: Azure"]
type = "query"
query = "a: b"

[[rule.threat]]
framework = "MITRE ATT&CK"

[rule.threat.tactic]
id = "TA0006"
name = "Credential Access"

[[rule.threat.technique]]
id = "T1528"
name = "Steal Application Access Token"
"""

EXAMPLE = Example(
    first={
        "rules/a.toml": RULE.format(id="a"),
        "rules/b.toml": "[hunt]\nname = 'No rule'\n",
        "rules/c.toml": "[rule",
    },
    other={
        "rules/a.toml": RULE.format(id="a").replace("medium", "low"),
        "rules/b.toml": RULE.format(id="b"),
    },
    broken={"rules/a.toml": "[hunt]\nname = 'No rule'\n"},
    naming=Naming("mine", "1"),
)
