"""Where a release or set came from: properties of both."""

from collections.abc import Mapping

PROVENANCE: Mapping[str, str] = {
    "source_url": "address that `fetch` read the file from; absent otherwise",
    "fetched_on": "day on which it did, `YYYY-MM-DD`",
    "git_commit": "commit of the git checkout that had exactly these files; absent otherwise",
}
