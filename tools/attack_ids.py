"""Write loaders/tables/attack-ids.csv: which domains published which ATT&CK ids; `make ids`.

The releases of the data folder add to what the table has. It never loses an id: a link to a withdrawn object
still leads to its domain.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from loaders.formats.attack.bundle import read_bundle
from loaders.reading.sources import read_file
from loaders.tables.attack_ids import IDS_TABLE, is_told_apart
from loaders.tables.rows import packed
from tools.data_folder import CHECKOUT, data_folder

FILE = CHECKOUT / "loaders" / "tables" / IDS_TABLE
_ID = re.compile(r"([A-Z]+)(\d+)(?:\.(\d+))?", re.ASCII)


def published(bundles: Iterable[Path]) -> dict[str, set[str]]:
    """Return id -> domains, for the ids of the bundles that the table is for."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in bundles:
        bundle = read_bundle(read_file(str(path)))
        for each in bundle.objects:
            if each.attack_id and is_told_apart(each.attack_id):
                found[each.attack_id].add(bundle.domain)
    return found


def kept() -> dict[str, set[str]]:
    """Return id -> domains, as the table has it."""
    return {row.cells["id"]: set(row.items("domains")) for row in packed(IDS_TABLE)}


def main() -> None:
    """Add what the releases at hand have."""
    found = defaultdict(set, kept())
    for attack_id, domains in published(sorted((data_folder() / "attack").glob("*.json.gz"))).items():
        found[attack_id] |= domains
    with FILE.open("w", newline="", encoding="utf-8") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(("id", "domains"))
        writer.writerows((each, ";".join(sorted(found[each]))) for each in sorted(found, key=_order))


def _order(attack_id: str) -> tuple[str, str, str]:
    match = _ID.fullmatch(attack_id)
    return match.groups("") if match else ("", "", attack_id)  # type: ignore[return-value]


if __name__ == "__main__":
    main()
