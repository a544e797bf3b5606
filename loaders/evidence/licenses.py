"""Licenses under which a rule's text may be shown to others, with its author."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class License:
    """A license: its SPDX identifier, its name, where it can be read, and whether the text may be handed on."""

    spdx: str
    name: str
    url: str
    allows: bool

    @property
    def line(self) -> str:
        """What goes along with a text: `MIT License (MIT), https://...`."""
        return f"{self.name} ({self.spdx}), {self.url}"


_KNOWN = (
    License(
        "DRL-1.1",
        "Detection Rule License 1.1",
        "https://github.com/SigmaHQ/Detection-Rule-License",
        allows=True,
    ),
    License("Apache-2.0", "Apache License 2.0", "https://www.apache.org/licenses/LICENSE-2.0", allows=True),
    License("MIT", "MIT License", "https://opensource.org/license/mit", allows=True),
    License(
        "BSD-3-Clause", "BSD 3-Clause License", "https://opensource.org/license/bsd-3-clause", allows=True
    ),
    License("CC0-1.0", "CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/", allows=True),
    License(
        "CC-BY-4.0",
        "Creative Commons Attribution 4.0",
        "https://creativecommons.org/licenses/by/4.0/",
        allows=True,
    ),
    License(
        "Elastic-2.0", "Elastic License 2.0", "https://www.elastic.co/licensing/elastic-license", allows=True
    ),
)
_SPELLING = re.compile("licen[cs]e")
_ALSO = {
    "Elastic License v2": "Elastic-2.0",
    "Elastic License": "Elastic-2.0",
    "DRL": "DRL-1.1",
    "Apache 2.0": "Apache-2.0",
}
"""How publishers write some of them in their rules."""
_BY_NAME = {word.casefold(): each for each in _KNOWN for word in (each.spdx, each.name)}
_BY_NAME |= {name.casefold(): _BY_NAME[spdx.casefold()] for name, spdx in _ALSO.items()}
_BY_PUBLISHER = {
    "SigmaHQ": "DRL-1.1",
    "Elastic": "Elastic-2.0",
    "Splunk": "Apache-2.0",
    "Microsoft": "MIT",
    "Atomic Red Team": "MIT",
}
"""What a publisher states for all of its rules, in the license file of its repository."""


def license_of(stated: str | None, publisher: str | None) -> License | None:
    """Return the license that a rule states, else that of its publisher; None where neither is known."""
    word = stated or _BY_PUBLISHER.get(publisher or "")
    return _BY_NAME.get(_SPELLING.sub("license", word.strip().casefold())) if word else None
