"""`python -m cli` is `sightline`."""

from cli.app import main

main()
