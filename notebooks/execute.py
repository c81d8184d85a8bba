"""Execute notebooks anew, in place: python notebooks/execute.py NOTEBOOK...

When each cell ran is not written down: what stays the same makes no difference in the repository.
"""

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient


def execute(path: Path) -> None:
    """Run a notebook from its first cell to its last, and write down what came of it."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
    folder = {"metadata": {"path": str(path.parent)}}
    NotebookClient(notebook, resources=folder, record_timing=False).execute()
    nbformat.write(notebook, path)


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        execute(Path(argument))
