"""What a Mappings Explorer file says of itself, and what its set is called for it."""

from collections.abc import Mapping
from dataclasses import dataclass

from graph.errors import InputRejectedError
from graph.record import Json
from loaders.formats.ctid.capability import CENTER, attack_release, day, text

_USUAL_DOMAIN = "enterprise"
_DOMAIN_SUFFIX = "-attack"


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a file says of itself.

    Attributes:
        written: the metadata as written there.
        framework: what is mapped: `aws`, `nist_800_53`.
        name: of the set.
        version: of the set.
        attack_version: the ATT&CK release it was made for.
        domain: `enterprise-attack`, ...
        as_of: day of its last change.
        publisher: who publishes it.
        groups: capability group -> label.
        types: mapping type -> name.
    """

    written: Mapping[str, Json]
    framework: str
    name: str
    version: str
    attack_version: str | None
    domain: str | None
    as_of: str | None
    publisher: str
    groups: Mapping[str, str]
    types: Mapping[str, str]

    @classmethod
    def of(cls, value: Json, path: str, name: str | None, version: str | None) -> "Metadata":
        """Return what the file's `metadata` says, with the user's name and version of the set before its own.

        Raises:
            InputRejectedError: neither says what is mapped, or in which version.
        """
        written = value if isinstance(value, dict) else {}
        framework = text(written.get("mapping_framework"))
        stated = text(written.get("mapping_framework_version"))
        if framework is None and name is None:
            raise _unsaid(path, "mapping_framework", "--set")
        number = written.get("mapping_framework_version")
        if version is None and isinstance(number, int | float) and not isinstance(number, bool):
            what = f"its mapping_framework_version {number} is not text"
            raise InputRejectedError(what, where=path, todo="put it in quotes, or pass --set-version")
        if stated is None and version is None:
            raise _unsaid(path, "mapping_framework_version", "--set-version")
        release = attack_release(written.get("attack_version"))
        domain = text(written.get("technology_domain"))
        return cls(
            written=written,
            framework=framework or name or "",
            name=name or _set_name(framework or "", domain),
            version=version or _set_version(stated or "", release),
            attack_version=release,
            domain=f"{domain.removesuffix(_DOMAIN_SUFFIX)}{_DOMAIN_SUFFIX}" if domain else None,
            as_of=day(written.get("last_update")) or day(written.get("creation_date")),
            publisher=text(written.get("organization")) or CENTER,
            groups=_labels(written.get("capability_groups")),
            types=_labels(written.get("mapping_types")),
        )


def _unsaid(path: str, key: str, option: str) -> InputRejectedError:
    return InputRejectedError(f"its metadata has no {key}", where=path, todo=f"pass {option}")


def _set_name(framework: str, domain: str | None) -> str:
    """Return the name of a set; CTID publishes one framework for several domains under one version."""
    short = domain.removesuffix(_DOMAIN_SUFFIX) if domain else _USUAL_DOMAIN
    return f"ctid-{framework}" if short == _USUAL_DOMAIN else f"ctid-{framework}-{short}"


def _set_version(stated: str, release: str | None) -> str:
    if day(stated):
        return stated.replace("/", ".")
    version = stated.replace("/", ".")
    return f"{version}-attack-{release}" if release else version


def _labels(value: Json) -> Mapping[str, str]:
    """Return key -> label; a mapping type's label is its name."""
    if not isinstance(value, dict):
        return {}
    named = {key: each.get("name") if isinstance(each, dict) else each for key, each in value.items()}
    return {key: label for key, each in named.items() if (label := text(each))}
