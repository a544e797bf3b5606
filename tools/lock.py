"""Write requirements/*.lock from pyproject.toml: every version with its hashes, no registry's address.

`uv` resolves for every Python from 3.11 and every system at once; it is fetched for this script only.
"""

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

PROJECT = "pyproject.toml"
LOCKS = {
    "run.lock": [PROJECT],
    "sigma.lock": [PROJECT, "--extra", "sigma"],
    "plan.lock": [PROJECT, "--extra", "plan"],
    "mcp.lock": [PROJECT, "--extra", "mcp"],
    "workbook.lock": [PROJECT, "--extra", "workbook"],
    "build.lock": ["--group", "build"],
    "dev.lock": [PROJECT, "--group", "dev", "--all-extras"],
    "audit.lock": ["--group", "audit"],
    "bench.lock": ["--group", "bench"],
}


def main() -> None:
    """Resolve each lock anew."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder) / "bin" / "python"
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", "uv"], check=True)
        for name, options in LOCKS.items():
            command = [
                *(str(Path(folder) / "bin" / "uv"), "pip", "compile", "--universal"),
                *("--generate-hashes", "--no-emit-index-url", "--no-header", "--no-annotate", "--quiet"),
                *("--python-version", "3.11", *options, "--output-file", f"requirements/{name}"),
            ]
            subprocess.run([*command, *sys.argv[1:]], check=True)


if __name__ == "__main__":
    main()
