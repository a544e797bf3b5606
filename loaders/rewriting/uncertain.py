"""What is not certain enough to be written."""


class UncertainError(Exception):
    """A file in which a tag cannot be replaced with certainty; the message says why."""
