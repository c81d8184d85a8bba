"""The floor: the frozen description of one company, and reading it from a file."""

from flexports.floor.check import check_floor
from flexports.floor.floor import Floor
from flexports.floor.parts import Day, Group, Pools, Ports, ServiceLevel, Targets
from flexports.floor.prices import Prices
from flexports.floor.profile import Profile
from flexports.floor.read import parse_floor, read_floor
from flexports.floor.schema import json_schema
from flexports.floor.settings import Setting, settings, settings_in
from flexports.floor.shares import SharesOfOne
from flexports.floor.source import Holds, Records, Source, WantsAgent, forget_kind, kinds
from flexports.floor.template import new_floor_text
from flexports.floor.write import floor_text

__all__ = [
    "Day",
    "Floor",
    "Group",
    "Holds",
    "Pools",
    "Ports",
    "Prices",
    "Profile",
    "Records",
    "ServiceLevel",
    "Setting",
    "SharesOfOne",
    "Source",
    "Targets",
    "WantsAgent",
    "check_floor",
    "floor_text",
    "forget_kind",
    "json_schema",
    "kinds",
    "new_floor_text",
    "parse_floor",
    "read_floor",
    "settings",
    "settings_in",
]
