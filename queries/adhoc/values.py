"""Values for parameters of own Cypher."""

_SMALLEST, _LARGEST = -(2**63), 2**63 - 1
_DEEPEST = 50


def fits(value: object, depth: int = 0) -> bool:
    """Whether Bolt has a form for a value out of JSON: 64-bit integers, texts without lone surrogates."""
    if depth > _DEEPEST:
        return False
    if isinstance(value, int):
        return _SMALLEST <= value <= _LARGEST
    if isinstance(value, str):
        return not any("\ud800" <= each <= "\udfff" for each in value)
    if isinstance(value, dict):
        return all(fits(part, depth + 1) for pair in value.items() for part in pair)
    return not isinstance(value, list) or all(fits(each, depth + 1) for each in value)
