"""The content of the file of a chunk: tallies of some days of one point, as Parquet.

A row holds a list of whole numbers: `ports`, the port count (null for what ties several); `part`,
what they are, such as ``sources[0].sums``; `values`. What is no number of a day stands in the
metadata, beside what the file belongs to and the seal over all of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from itertools import chain, groupby
from operator import itemgetter
from typing import Any, TypeAlias

import pyarrow as pa
import pyarrow.parquet as pq

from flexports.folder.numbers import lists_column, lists_in
from flexports.folder.outline import Part, Tree, outline, parts, whole
from flexports.folder.seal import UNSEALED, is_whole, sealed
from flexports.tally import Tallies

Row: TypeAlias = tuple[int | None, Part]
"""A port count, or None for what ties several, and one of its parts."""

_FORMAT = "flexports chunk 1"
_FORM: dict[str, Any] = {
    "compression": "zstd",
    "compression_level": 9,  # slower ones save little
    "use_dictionary": ["ports", "part"],
    "write_statistics": False,
    "store_schema": False,
}


@dataclass(frozen=True)
class Label:
    """What a chunk is of.

    Attributes
    ----------
    identity : str
        Of the experiment.
    point : int
    days : range
    """

    identity: str
    point: int
    days: range

    def metadata(self) -> dict[str, str]:
        """Return it as texts."""
        first, last = str(self.days.start), str(self.days.stop - 1)
        own = {"identity": self.identity, "point": str(self.point)}
        return {"format": _FORMAT, **own, "first_day": first, "last_day": last}

    @classmethod
    def of(cls, metadata: Mapping[str, str]) -> Label:
        """Undo `metadata`; that of another format belongs to no experiment."""
        if metadata.get("format") != _FORMAT:
            return cls("", 0, range(0))
        days = range(int(metadata["first_day"]), int(metadata["last_day"]) + 1)
        return cls(metadata["identity"], int(metadata["point"]), days)


def chunk_content(label: Label, tallies: Tallies) -> bytes:
    """Return the content of the file of a chunk."""
    saved = tallies.to_dict()
    by_ports, pairs = [_apart(each) for each in saved["tallies"]], saved["pairs"]
    rows: list[Row] = [(ports, part) for ports, _, tree in by_ports for part in parts(tree)]
    rows += [(None, part) for part in parts(pairs)]
    about = {
        "tallies": [[ports, frame] for ports, frame, _ in _told_once(by_ports)],
        "tally": outline(by_ports[0][2]),
        "pairs": outline(pairs),
    }
    if any(outline(tree) != about["tally"] for _, _, tree in by_ports):
        raise ValueError("these tallies do not keep the same quantities on all port counts")
    return sealed(_parquet(rows, {**label.metadata(), "outline": json.dumps(about)}))


def saved_size(tallies: Tallies) -> int:
    """Return how many bytes it takes to save tallies."""
    return len(chunk_content(Label("", 0, range(tallies.days)), tallies))


def label_in(content: bytes) -> Label:
    """Return what a chunk is of.

    Raises
    ------
    ValueError
        If the content is not as it was written.
    """
    return Label.of(_opened(content)[0])


def tallies_in(content: bytes) -> Tallies:
    """Return the tallies of a chunk.

    Raises
    ------
    ValueError
        If the content is not as it was written.
    """
    metadata, file = _opened(content)
    table = file.read().combine_chunks()
    ports, names = table["ports"].to_pylist(), table["part"].to_pylist()
    values = chain.from_iterable(map(lists_in, table["values"].chunks))
    rows = zip(ports, zip(names, values, strict=True), strict=True)
    about, tallies = json.loads(metadata["outline"]), []
    numbers = {count: iter(list(map(itemgetter(1), group))) for count, group in _by_ports(rows)}
    frame: dict[str, Any] = {}
    for count, told in about["tallies"]:
        frame = told or frame
        tree = whole(about["tally"], numbers[count])
        tallies.append({"frame": {**frame, "ports": count}, **tree})
    pairs = about["pairs"] and whole(about["pairs"], numbers[None])
    return Tallies.from_dict({"tallies": tallies, "pairs": pairs})


def _by_ports(rows: Iterator[Row]) -> Iterator[Any]:
    return groupby(rows, key=itemgetter(0))


def _apart(tally: Mapping[str, Any]) -> tuple[int, Tree, Tree]:
    """Take a tally apart: its port count, the rest of its frame, and all but the frame."""
    frame = dict(tally["frame"])
    rest = {name: branch for name, branch in tally.items() if name != "frame"}
    return frame.pop("ports"), frame, rest


def _told_once(by_ports: list[tuple[int, Tree, Tree]]) -> Iterator[tuple[int, Tree, Tree]]:
    """Leave out a frame that is as the one before: they differ by the ports alone."""
    before: Tree = None
    for ports, frame, tree in by_ports:
        yield ports, None if frame == before else frame, tree
        before = frame


def _parquet(rows: list[Row], metadata: Mapping[str, str]) -> bytes:
    table = pa.table(
        {
            "ports": pa.array([ports for ports, _ in rows], pa.int32()),
            "part": pa.array([part for _, (part, _) in rows], pa.string()),
            "values": lists_column([values for _, (_, values) in rows]),
        }
    )
    # The seal comes last: what stands before it may look like one.
    named = {**metadata, "seal": UNSEALED}
    stream = BytesIO()
    with pq.ParquetWriter(stream, table.schema, **_FORM) as writer:
        writer.write_table(table)
        writer.add_key_value_metadata({f"flexports.{key}": text for key, text in named.items()})
    return stream.getvalue()


def _opened(content: bytes) -> tuple[dict[str, str], pq.ParquetFile]:
    if not is_whole(content):
        raise ValueError("it is not as it was written")
    file = pq.ParquetFile(BytesIO(content))
    raw = file.metadata.metadata or {}
    texts = {key.decode("utf-8"): value.decode("utf-8") for key, value in raw.items()}
    return {key.removeprefix("flexports."): text for key, text in texts.items()}, file
