"""What verifying may load: neither the driver, nor the engine, nor pydantic."""

import subprocess
import sys

HEAVY = {"neo4j", "pydantic", "requests", "rich", "graph.engine", "graph.server", "queries"}


def test_the_verifier_loads_neither_driver_nor_engine() -> None:
    code = f"import sys, proofs.verify; sys.exit(', '.join({HEAVY} & set(sys.modules)) or 0)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
