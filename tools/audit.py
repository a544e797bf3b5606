"""Known vulnerabilities of what the locks name, by pip-audit, in an environment of its own.

It asks the registry for them. A registry that keeps copies of packages may have no such data: that is said, and it
is no failure, for it is no fault of the work that is checked.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
LOCKS = ("dev.lock", "bench.lock")
"""The first one has what everybody installs, and all extras."""
AUDIT = ROOT / ".venv" / "audit" / "bin" / "pip-audit"
SECONDS = 120

Package = Mapping[str, Any]


def main() -> None:
    """Print a line for all locks, and one for each vulnerability; end with 1 where there are some."""
    packages = [package for lock in LOCKS for package in audited(ROOT / "requirements" / lock)]
    lines = list(report(packages))
    sys.stdout.write("".join(f"audit: {line}\n" for line in lines))
    if any(package.get("vulns") for package in packages):
        sys.exit(1)


def audited(lock: Path) -> Sequence[Package]:
    """Return what pip-audit says of each package of a lock; nothing where it could not ask."""
    command = [
        str(AUDIT),
        "--requirement",
        str(lock),
        "--require-hashes",
        "--disable-pip",
        "--format",
        "json",
    ]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=SECONDS)
        found = json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError, KeyError):
        return []
    return list(found)


def report(packages: Sequence[Package]) -> Iterator[str]:
    """Yield the lines: vulnerabilities first, then how many packages were asked about."""
    checked = {str(package["name"]): package for package in packages if "vulns" in package}
    for name, package in sorted(checked.items()):
        for each in package["vulns"]:
            fixed = ", ".join(each["fix_versions"]) or "no version"
            yield f"{name} {package['version']}: {each['id']}; fixed in {fixed}"
    unknown = len({str(package["name"]) for package in packages} - set(checked))
    if checked:
        yield f"{len(checked)} packages were checked"
    if unknown or not checked:
        yield f"skipped: the registry has no data on vulnerabilities of {unknown or 'any'} packages"


if __name__ == "__main__":
    main()
