from loaders.formats import Naming
from tests.formats.example import Example

INFO = """\
id: {id}
description: N/A
date: 2026-03-11
author: Somebody
rule_metadata:
    - id: {rule}
      title: A rule
regression_tests_info:
    - name: Positive Detection Test
      type: evtx
      provider: Microsoft-Windows-Sysmon
      match_count: 1
      path: regression_data/a/a.evtx
"""
WITHOUT_A_RUN = "id: c\ndate: 2026-03-11\nrule_metadata:\n    - id: x\n      title: A rule\n"

EXAMPLE = Example(
    first={
        "regression_data/a/info.yml": INFO.format(id="a", rule="r"),
        "regression_data/b/info.yml": "title: something else\n",
        "regression_data/c/info.yml": WITHOUT_A_RUN,
    },
    other={"regression_data/a/info.yml": INFO.format(id="b", rule="r")},
    broken={"regression_data/c/info.yml": WITHOUT_A_RUN},
    naming=Naming("mine", "1"),
)
