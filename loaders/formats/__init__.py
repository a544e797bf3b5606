"""The formats that `sightline load` reads: one entry each, imported when it is asked for.

A new format is one file (or folder) here that defines a `Format`, its line in FORMATS, and its test. The command,
its options, its help, the lifecycle in the graph, the reports and the contract test come from the entry.
"""

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import NamedTuple, cast

from loaders.format import (
    ALIASES,
    RELEASE,
    SET,
    SET_VERSION,
    STRICT,
    UNNAMED,
    Format,
    Naming,
    Option,
    RuleFormat,
    Source,
    Takes,
)

__all__ = [
    "ALIASES",
    "FORMATS",
    "RELEASE",
    "SET",
    "SET_VERSION",
    "STRICT",
    "UNNAMED",
    "Entry",
    "Format",
    "Naming",
    "Option",
    "RuleFormat",
    "Source",
    "Takes",
]


class Entry(NamedTuple):
    """The line of a format.

    Attributes:
        place: `module:name` of the `Format`.
        summary: first line of the command's help.
    """

    place: str
    summary: str

    def load(self) -> Format:
        """Return the format, imported."""
        module, _, name = self.place.partition(":")
        return cast("Format", getattr(import_module(module), name))


FORMATS: Mapping[str, Entry] = MappingProxyType({
    "attack": Entry("loaders.formats.attack.format:ATTACK",
                    "Load ATT&CK releases: STIX 2.0 or 2.1 bundles, plain or .gz."),
    "sigma": Entry("loaders.formats.sigma.format:SIGMA",
                   "Load Sigma rules: a folder, a .zip or a file, as one set in one transaction."),
    "sigma-tests": Entry("loaders.formats.sigma.tests_format:SIGMA_TESTS",
                         "Load SigmaHQ's regression tests: a folder, a .zip or a file, as one set."),
    "elastic": Entry("loaders.formats.elastic.format:ELASTIC",
                     "Load Elastic's detection rules: a folder, a .zip or a file, as one set in one transaction."),
    "splunk": Entry("loaders.formats.splunk.format:SPLUNK",
                    "Load Splunk's detections: a folder, a .zip or a file, as one set in one transaction."),
    "sentinel": Entry("loaders.formats.sentinel.format:SENTINEL",
                      "Load Sentinel's analytics rules: a folder, a .zip or a file, as one set in one transaction."),
    "atomic": Entry("loaders.formats.atomic.format:ATOMIC",
                    "Load the tests of Atomic Red Team: a folder, a .zip or a file, as one set."),
    "ctid": Entry("loaders.formats.ctid.format:CTID",
                  "Load CTID's mappings: Mappings Explorer JSON and Security Stack YAML."),
    "detections": Entry("loaders.formats.detections:DETECTIONS",
                        "Load cloud products' own detections: files of the format native-detections/1."),
    "environment": Entry("loaders.formats.environment:ENVIRONMENT",
                         "Load what you run, collect and enable: a file of the format environment/1."),
    "annotations": Entry("loaders.formats.annotations:ANNOTATIONS",
                         "Load notes on official objects: files of the format attack-annotations/1."),
})  # fmt: skip
"""The word after `load` -> its format."""
