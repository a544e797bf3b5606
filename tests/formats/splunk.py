from loaders.formats import Naming
from tests.formats.example import Example

RULE = """\
name: Rule {id}
id: {id}
version: 1
date: '2026-01-02'
author: Somebody
status: production
type: TTP
description: Finds something.
data_source:
- AWS CloudTrail
- Acme VPN
search: '`cloudtrail` | stats count'
how_to_implement: Collect it.
references: []
tags:
  analytic_story: [Something]
  atomic_guid: [11111111-2222-3333-4444-555555555555]
  mitre_attack_id:
  - T1528
  security_domain: identity
tests:
- name: True Positive Test
  attack_data:
  - data: none
    source: aws_cloudtrail
    sourcetype: aws:cloudtrail
"""
SOURCE = """\
name: Acme VPN
id: acme-vpn
source: vpn
sourcetype: OktaIM2:log
"""

EXAMPLE = Example(
    first={
        "content/detections/a.yml": RULE.format(id="a"),
        "content/detections/b.yml": "name: No rule\n",
        "content/detections/c.yml": "{",
        "content/data_sources/acme.yml": SOURCE,
    },
    other={
        "content/detections/a.yml": RULE.format(id="a").replace("TTP", "Anomaly"),
        "content/detections/b.yml": RULE.format(id="b"),
    },
    broken={"content/detections/a.yml": "name: No rule\n"},
    naming=Naming("mine", "1"),
)
