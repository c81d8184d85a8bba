"""The floor: the frozen description of one company, and reading it from a file."""

from flexports.floor.floor import Floor
from flexports.floor.parts import Day, Group, Pools, Ports, ServiceLevel, Targets
from flexports.floor.profile import Profile
from flexports.floor.shares import SharesOfOne
from flexports.floor.source import Records, Source, WantsAgent, kinds

__all__ = [
    "Day",
    "Floor",
    "Group",
    "Pools",
    "Ports",
    "Profile",
    "Records",
    "ServiceLevel",
    "SharesOfOne",
    "Source",
    "Targets",
    "WantsAgent",
    "kinds",
]
