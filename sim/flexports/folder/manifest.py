"""What results are of: all that reproduces them, and all that decides their bits."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any

from flexports.folder.chunks import GROWTH
from flexports.folder.differences import differences_text, keys_of, leaves, lines_of
from flexports.folder.seal import UNSEALED, is_whole, sealed
from flexports.problems import InputError, Problem

FORMAT = "flexports results 1"


@dataclass(frozen=True)
class PlannedPoint:
    """A point of the design.

    Attributes
    ----------
    number : int
    floor : str
        The name of the floor that it varies.
    settings : mapping of str to value
        Of the factors.
    days_in_a_block : int
    """

    number: int
    floor: str
    settings: Mapping[str, Any]
    days_in_a_block: int


@dataclass(frozen=True)
class Manifest:
    """What results are of.

    Attributes
    ----------
    name : str
        Of the experiment.
    text : str
        Its file.
    floor_texts : mapping of str to str
        The files that it names.
    seed : int
    ports : tuple of int
    points : tuple of PlannedPoint
    versions : mapping of str to str
        Of flexports, Python and the libraries that compute.
    engine, platform, created : str
        What ran it first, where and when; no result depends on these.
    """

    name: str
    text: str
    floor_texts: Mapping[str, str]
    seed: int
    ports: tuple[int, ...]
    points: tuple[PlannedPoint, ...]
    versions: Mapping[str, str]
    engine: str = ""
    platform: str = ""
    created: str = field(default="", compare=False)

    @property
    def identity(self) -> str:
        """Digest of all that decides the bits of the results; not the engine, nor the machine."""
        return sha256(json.dumps(self._decisive, sort_keys=True).encode("utf-8")).hexdigest()

    @property
    def _decisive(self) -> dict[str, Any]:
        return {
            "flexports": self.versions.get("flexports"),
            "text": self.text,
            "floor_texts": dict(self.floor_texts),
            "seed": self.seed,
            "ports": list(self.ports),
            "points": _plain([asdict(point) for point in self.points]),
            "chunks_grow": GROWTH,
        }

    def point(self, number: int) -> PlannedPoint:
        """Return one of the points."""
        return next(point for point in self.points if point.number == number)

    def content(self) -> bytes:
        """Return the content of the manifest's file, sealed."""
        own = asdict(self)
        digests = {name: _digest(text) for name, text in self.floor_texts.items()}
        head = {"format": FORMAT, "identity": self.identity, "chunks_grow": GROWTH}
        whole = {**head, **own, "floor_sha256": digests, "seal": UNSEALED}
        text = json.dumps(_plain(whole), indent=1, ensure_ascii=False) + "\n"
        return sealed(text.encode("utf-8"))

    @classmethod
    def of(cls, content: bytes) -> Manifest:
        """Undo `content`.

        Raises
        ------
        ValueError
            If it is not as it was written.
        InputError
            If it is of another version's format.
        """
        if not is_whole(content):
            raise ValueError("is not as it was written")
        saved = json.loads(content)
        if saved["format"] != FORMAT:
            remedy = "use the version of flexports that has written it"
            raise InputError(Problem("format", saved["format"], f"is not '{FORMAT}'", remedy))
        names = [name for name in cls.__dataclass_fields__ if name not in ("ports", "points")]
        points = tuple(PlannedPoint(**point) for point in saved["points"])
        own = {name: saved[name] for name in names}
        return cls(ports=tuple(saved["ports"]), points=points, **own)

    def differences(self, other: Manifest) -> str:
        """Tell what makes the results of another manifest others than these.

        Parameters
        ----------
        other : Manifest
            What is to be run, where these are the results that are there.
        """
        return (
            differences_text(self._keys, other._keys)
            or differences_text(self._lines, other._lines)  # a comment
            or differences_text(self._plan, other._plan)
        )

    @property
    def _keys(self) -> dict[str, Any]:
        """What was asked for, by its place in the files; what they leave out is as it is run."""
        own = {"flexports": self.versions.get("flexports"), **keys_of(self.text)}
        for key, value in (("seed", self.seed), ("ports", list(self.ports)), ("chunks", GROWTH)):
            own.setdefault(key, value)
        return {**own, **self._texts(keys_of)}

    @property
    def _lines(self) -> dict[str, Any]:
        return {**lines_of(self.text), **self._texts(lines_of)}

    @property
    def _plan(self) -> dict[str, Any]:
        return {
            place: value
            for point in self._decisive["points"]
            for place, value in leaves(point, f"point {point['number']}: ").items()
        }

    def _texts(self, read: Callable[[str, str], dict[str, Any]]) -> dict[str, Any]:
        return {
            place: value
            for name, text in self.floor_texts.items()
            for place, value in read(text, f"{name}: ").items()
        }

    def other_surroundings(self, other: Manifest) -> list[str]:
        """Tell which libraries, and which machine, are others there."""
        mine = {**self.versions, "platform": self.platform}
        new = {**other.versions, "platform": other.platform}
        return [
            f"{name} {new.get(name)} in place of {was}"
            for name, was in mine.items()
            if new.get(name) != was
        ]


def looks_like_a_manifest(content: bytes) -> bool:
    """Tell whether a content, whole or not, begins as a manifest does."""
    beginning = f'{{\n "format": "{FORMAT[:-1]}'.encode()
    return bool(content) and content.startswith(beginning)


def _plain(value: Any) -> Any:
    """Return what JSON makes of a value."""
    return json.loads(json.dumps(value, default=str))


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8")).hexdigest()
