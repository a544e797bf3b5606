from loaders.formats import Naming
from tests.formats.example import Example

RULE = """\
title: Rule {id}
id: {id}
status: test
level: high
logsource: {{product: azure, service: signinlogs}}
detection: {{selection: {{a: b}}, condition: selection}}
tags: [attack.t1528, attack.g0007, attack.credential-access, attack.nonsense1]
"""

EXAMPLE = Example(
    first={"rules/a.yml": RULE.format(id="a"), "rules/b.yml": "title: No rule\n", "rules/c.yml": "{"},
    other={"rules/a.yml": RULE.format(id="a").replace("high", "low"), "rules/b.yml": RULE.format(id="b")},
    broken={"rules/a.yml": "title: No rule\n"},
    naming=Naming("mine", "1"),
)
