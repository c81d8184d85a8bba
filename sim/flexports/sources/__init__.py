"""What makes calls: a file for each kind of source.

A kind declares its keys as the fields of a dataclass, says what is drawn for each call, and writes
its flow with the primitives of `flexports.flows`. Defining it registers it: a new kind is a new
file here, and nothing else changes. `plan_of` makes of a floor what an engine runs.
"""

from flexports.sources.kind import Kind, PortUse
from flexports.sources.plan import kinds_of, plan_of, sources_on

__all__ = ["Kind", "PortUse", "kinds_of", "plan_of", "sources_on"]
