"""Results on disk, that nothing can damage.

A results folder holds ``manifest.json``, which says what the results are of, and a Parquet file for
each chunk of days of each point: its tallies, exactly. Files appear whole or not at all; each knows
whether it is as it was written, and which experiment it belongs to. What a killed run leaves behind
is taken up by the next one, or swept away.

Nothing here runs a day or knows an engine: days come as tallies and go as tallies.
"""

from flexports.folder.chunk_file import saved_size
from flexports.folder.chunks import Piece, chunks, pieces
from flexports.folder.manifest import Manifest, PlannedPoint
from flexports.folder.results import (
    DamagedError,
    ResultsFolder,
    look_into,
    open_results,
    read_manifest,
)

__all__ = [
    "DamagedError",
    "Manifest",
    "Piece",
    "PlannedPoint",
    "ResultsFolder",
    "chunks",
    "look_into",
    "open_results",
    "pieces",
    "read_manifest",
    "saved_size",
]
