"""Write tests/unit/cli/released_fields.json: the fields that every schema has, which later ones keep.

`make released-fields` adds what is new. It refuses where a field is gone or has another type: that is a break, which
only a person may make, with --break and a line in the changelog.
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path

from cli.schemas import fields_of, schemas

FILE = Path(__file__).parents[1] / "tests" / "unit" / "cli" / "released_fields.json"
Fields = Mapping[str, Mapping[str, str]]


def current() -> dict[str, dict[str, str]]:
    """Return the fields of every schema, by the name of its file."""
    return {name: fields_of(schema) for name, schema in schemas()}


def breaks(released: Fields, now: Fields) -> list[str]:
    """Return a line for each released field that is gone or holds something else."""
    return [
        f"{name}: {field} was {kind}, is {now.get(name, {}).get(field, 'gone')}"
        for name, fields in released.items()
        for field, kind in fields.items()
        if now.get(name, {}).get(field) != kind
    ]


def main() -> None:
    """Write the file, unless a released field changed."""
    now = current()
    released: Fields = json.loads(FILE.read_text("utf-8")) if FILE.exists() else {}
    broken = breaks(released, now)
    if broken and "--break" not in sys.argv:
        sys.exit("\n".join(broken))
    FILE.write_text(json.dumps(now, indent=0) + "\n", "utf-8")


if __name__ == "__main__":
    main()
