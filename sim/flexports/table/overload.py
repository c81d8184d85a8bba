"""What is said of a floor whose agents are what is short."""

from __future__ import annotations

from collections.abc import Iterator

from flexports.floor import Floor
from flexports.study.overload import overload_of
from flexports.table.page import Text
from flexports.table.wording import listed


def overload_texts(floor: Floor) -> Iterator[Text]:
    """Yield that callers bring more work than the agents can do, if they do."""
    found = overload_of(floor)
    if found is None:
        return
    agents = "1 agent" if found.agents == 1 else f"{found.agents} agents"
    yield Text(
        f"Agents are short, not ports: callers of {listed(list(found.sources))} never give up, and "
        f"bring {found.load_erl:.2g} erlangs of work for {agents}. Hold grows all day, and more "
        "ports only let more of them hold. Add agents, or say how long callers hold: patience."
    )
