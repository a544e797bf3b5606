"""One entry per input format."""
