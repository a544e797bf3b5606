"""The bundled sample: two small releases and a file of detections, to try things out with."""

from collections.abc import Iterator
from pathlib import Path

RELEASES = ("enterprise-attack-17.1-sample.json", "enterprise-attack-18.1-sample.json")
NEWEST = "18.1-sample"
"""The newer one of them."""
DETECTIONS = "sample-detections.yaml"

_HERE = Path(__file__).parent


def releases() -> Iterator[Path]:
    """Yield the bundle files, oldest first."""
    for name in RELEASES:
        yield _HERE / name


def detections() -> Path:
    """Return the file of detections."""
    return _HERE / DETECTIONS
