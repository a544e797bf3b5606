"""Cloud-native detections added up over their sources."""

from collections.abc import Iterable
from typing import Protocol


class OfSource(Protocol):
    """What one cloud product reports."""

    @property
    def cloud(self) -> str | None:
        """Whose product it is, such as `aws`."""

    @property
    def detections(self) -> int:
        """How many findings it has."""


def total_line(rows: Iterable[OfSource]) -> str:
    """Return the total of rows by source, such as `10 detections across 3 clouds`."""
    every = list(rows)
    detections, clouds = sum(row.detections for row in every), len({row.cloud for row in every if row.cloud})
    return (
        f"{detections:,} detection{'' if detections == 1 else 's'} across "
        f"{clouds} cloud{'' if clouds == 1 else 's'}"
    )
