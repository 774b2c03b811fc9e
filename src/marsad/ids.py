"""Short ids that are made of what they stand for, and of nothing else."""

from __future__ import annotations

import hashlib

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: no letter that is taken for another or a number
_LENGTH = 12  # 60 bits: of ten million things, two share an id with a chance of one in 20,000


def identifier(prefix: str, *parts: object) -> str:
    """Return the id of what the parts, in their order, tell apart from everything else: "p-" and twelve characters."""
    digest = hashlib.sha256("\x1f".join(map(str, parts)).encode()).digest()
    number = int.from_bytes(digest[:8])
    return f"{prefix}-" + "".join(_ALPHABET[number >> 5 * place & 31] for place in range(_LENGTH))
