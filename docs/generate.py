"""Write the pages that follow from declarations: `make docs`. A test keeps them true."""

import json
from collections.abc import Iterator
from pathlib import Path

from cli.schemas import schemas
from docs.cli_page import cli_page
from docs.model_page import model_page
from docs.proof_page import PAGE, proof_page
from docs.queries_page import queries_page

ROOT = Path(__file__).parent.parent


def pages() -> Iterator[tuple[Path, str]]:
    """Yield each generated page: its path and its text."""
    yield ROOT / "docs" / "cli.md", cli_page()
    yield ROOT / "docs" / "model.md", model_page()
    yield PAGE, proof_page()
    yield ROOT / "docs" / "queries.md", queries_page()
    for name, schema in schemas():
        yield ROOT / "docs" / "schemas" / name, json.dumps(schema, indent=1) + "\n"


def main() -> None:
    """Write them all."""
    for path, text in pages():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


if __name__ == "__main__":
    main()
