"""A seal: a digest of a whole file, inside the file, so that any change of any byte is noticed.

It stands where a content says `UNSEALED`, and is the digest of the content that still says so. The
last such place counts: what a user wrote may look like a seal, and stands before it.
"""

import re
from hashlib import sha256

_NAME = b"flexports-seal:"
_DIGITS = 64
_SEAL = re.compile(_NAME + rb"[0-9a-f]{%d}" % _DIGITS)

UNSEALED = (_NAME + b"0" * _DIGITS).decode("ascii")
"""What a content says where its seal is to stand."""


def sealed(content: bytes) -> bytes:
    """Return a content that says `UNSEALED` with its seal in that place.

    Examples
    --------
    >>> letter = sealed(f"42 ports; {UNSEALED}".encode())
    >>> is_whole(letter), is_whole(letter.replace(b"42", b"24")), is_whole(letter[:-1])
    (True, False, False)
    """
    place = content.rindex(UNSEALED.encode("ascii"))
    return _with_digest(content, place, sha256(content).hexdigest().encode("ascii"))


def is_whole(content: bytes) -> bool:
    """Tell whether a content is as it was sealed."""
    places = [match.start() for match in _SEAL.finditer(content)]
    if not places:
        return False
    blank = _with_digest(content, places[-1], b"0" * _DIGITS)
    return sealed(blank) == content


def _with_digest(content: bytes, place: int, digest: bytes) -> bytes:
    start = place + len(_NAME)
    return content[:start] + digest + content[start + _DIGITS :]
