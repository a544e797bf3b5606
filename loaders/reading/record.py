"""The smallest thing that a source publishes, as bytes."""

from dataclasses import dataclass

from graph.record import sha256_hex


@dataclass(frozen=True, slots=True)
class Record:
    """The smallest thing that a source publishes, with the bytes that its hash and its set's root rest on.

    Attributes:
        data: the record's own bytes: RFC 8785 form for JSON, the file's own for YAML.
        media: `application/json` or `application/yaml`.
    """

    data: bytes
    media: str

    @property
    def sha256(self) -> str:
        """SHA-256 of the bytes, 64 hex digits."""
        return sha256_hex(self.data)
