"""Chance without a state: a uniform number is a pure function of its key."""

from __future__ import annotations

from hashlib import blake2b


def uniform(key: str) -> float:
    """The number in [0, 1) that belongs to `key`, with 53 bits of a BLAKE2b hash."""
    digest = blake2b(key.encode(), digest_size=8).digest()
    return (int.from_bytes(digest, "big") >> 11) * 2.0**-53
