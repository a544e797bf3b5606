from loaders.formats import Naming
from tests.formats.example import Example

FILE = """\
attack_technique: T1528
display_name: Something
atomic_tests:
- name: Try it
  auto_generated_guid: {guid}
  description: Does something.
  supported_platforms:
  - {platform}
  - pdp11
  executor: {{name: sh, command: 'true'}}
- name: Without a name that lasts
  supported_platforms: [linux]
"""

EXAMPLE = Example(
    first={
        "atomics/T1528.yaml": FILE.format(guid="a", platform="azure-ad"),
        "atomics/index.yaml": "credential-access: {}\n",
        "atomics/broken.yaml": "{",
    },
    other={"atomics/T1528.yaml": FILE.format(guid="b", platform="windows")},
    broken={"atomics/index.yaml": "credential-access: {}\n"},
    naming=Naming("mine", "1"),
)
