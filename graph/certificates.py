"""The file of authorities that a person names for downloads, looked at before it is needed."""

import os
from pathlib import Path

from graph.errors import EngineError

NAMES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
"""The variables that requests reads, in its order."""


def check_bundle() -> None:
    """Refuse a bundle that cannot be used, which requests would tell as an error of the system or of the connection.

    Raises:
        EngineError: the file is not there, cannot be read, or holds no certificate.
    """
    name = next((each for each in NAMES if os.environ.get(each)), None)
    if name is None:
        return
    bundle = Path(os.environ[name])
    todo = f"correct {name}, or unset it"
    if not bundle.exists():
        raise EngineError(f"{name} names {bundle}, which is not there", todo=todo)
    if bundle.is_dir():
        return
    import ssl

    try:
        ssl.create_default_context(cafile=bundle)
    except OSError as error:  # an SSLError is one
        what = error.strerror if isinstance(error, PermissionError) else "it holds no certificate"
        raise EngineError(f"{name} names {bundle}, which cannot be used: {what}", todo=todo) from None
