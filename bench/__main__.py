"""`make bench`: every ratio, or those named: `python -m bench loading cold`."""

import sys
from importlib import import_module

from bench.server import private_server

PARTS = ("loading", "cold", "questions", "rules", "proofs", "pages", "related_quality", "door", "releases")


def main(names: list[str]) -> None:
    """Print the figures of the parts named, or of all."""
    for name in names or PARTS:
        print(f"# {name}", flush=True)
        with private_server() as environment:
            for line in import_module(f"bench.{name}").lines(environment):
                print(line, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
