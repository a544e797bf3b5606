"""The query languages that rules can be compiled to, and pySigma's way to each of them.

pySigma is an extra: its modules are imported when a dialect is asked for, never before.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Protocol, cast

from graph.errors import UsageError
from graph.extras import to_install


class Backend(Protocol):
    """What is used of a pySigma backend."""

    def convert(self, rules: object) -> object:
        """Compile a collection of rules."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """A query language of a product.

    Attributes:
        key: what `--validate` takes.
        name: as its vendor writes it.
        distribution: that brings the backend; its version is stored with each result.
        backend: module and class of the backend.
        pipeline: module and function that makes the pipeline from Sigma's field names to the product's.
    """

    key: str
    name: str
    distribution: str
    backend: tuple[str, str]
    pipeline: tuple[str, str]

    def make(self) -> Backend:
        """Return a fresh backend with its pipeline.

        Raises:
            UsageError: the extra is not installed.
        """
        try:
            pipeline = cast("Callable[[], object]", _member(*self.pipeline))
            return cast("Callable[[object], Backend]", _member(*self.backend))(pipeline())
        except ImportError as error:
            raise UsageError(
                f"compiling to {self.name} needs {self.distribution}, which is not installed",
                todo=to_install("sigma"),
            ) from error

    @property
    def version(self) -> str:
        """Version of the backend, and of pySigma under it."""
        return f"{self.distribution} {_version(self.distribution)}, pysigma {_version('pysigma')}"


_KUSTO = ("sigma.backends.kusto", "KustoBackend")
_KUSTO_DISTRIBUTION = "pysigma-backend-kusto"
_ELASTIC_DISTRIBUTION = "pysigma-backend-elasticsearch"

DIALECTS: tuple[Dialect, ...] = (
    Dialect(
        "splunk",
        "Splunk SPL",
        "pysigma-backend-splunk",
        ("sigma.backends.splunk", "SplunkBackend"),
        ("sigma.pipelines.splunk", "splunk_windows_pipeline"),
    ),
    Dialect(
        "lucene",
        "Elasticsearch Lucene",
        _ELASTIC_DISTRIBUTION,
        ("sigma.backends.elasticsearch", "LuceneBackend"),
        ("sigma.pipelines.elasticsearch", "ecs_windows"),
    ),
    Dialect(
        "esql",
        "Elasticsearch ES|QL",
        _ELASTIC_DISTRIBUTION,
        ("sigma.backends.elasticsearch", "ESQLBackend"),
        ("sigma.pipelines.elasticsearch", "ecs_windows"),
    ),
    Dialect(
        "sentinel",
        "Microsoft Sentinel KQL (ASIM)",
        _KUSTO_DISTRIBUTION,
        _KUSTO,
        ("sigma.pipelines.sentinelasim", "sentinel_asim_pipeline"),
    ),
    Dialect(
        "azure-monitor",
        "Azure Monitor KQL",
        _KUSTO_DISTRIBUTION,
        _KUSTO,
        ("sigma.pipelines.azuremonitor", "azure_monitor_pipeline"),
    ),
    Dialect(
        "defender-xdr",
        "Microsoft Defender XDR KQL",
        _KUSTO_DISTRIBUTION,
        _KUSTO,
        ("sigma.pipelines.microsoftxdr", "microsoft_xdr_pipeline"),
    ),
    Dialect(
        "secops",
        "Google SecOps UDM search",
        "pysigma-backend-secops",
        ("sigma.backends.secops", "SecOpsBackend"),
        ("sigma.pipelines.secops", "secops_udm_pipeline"),
    ),
)


def dialects(keys: Sequence[str]) -> tuple[Dialect, ...]:
    """Return the dialects named, each once; `all` names every one.

    Raises:
        UsageError: there is no such dialect; the known ones are listed.
    """
    known = {each.key: each for each in DIALECTS}
    wanted = list(known) if "all" in keys else list(dict.fromkeys(keys))
    unknown = [key for key in wanted if key not in known]
    if unknown:
        raise UsageError(f"there is no dialect {unknown[0]}", todo=f"choose one of: all, {', '.join(known)}")
    return tuple(known[key] for key in wanted)


def _member(module: str, name: str) -> object:
    return cast("object", getattr(import_module(module), name))


def _version(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "unknown"
