"""What tells points apart: one table of it, for checks and for results alike."""

from flexports import parse_floor
from flexports.experiment import Point, points_table
from flexports.floor import Floor
from shown_floors import CALLS


def test_settings_are_numbers_where_all_of_them_are() -> None:
    floor: Floor = parse_floor(CALLS)
    settings = [{"count": 2, "talk": "4 min"}, {"count": 2.5, "talk": 240}]
    points = [Point(number, "Tiny", each, floor) for number, each in enumerate(settings, 1)]
    assert points_table(points) == {
        "point": [1, 2],
        "floor": ["Tiny", "Tiny"],
        "count": [2, 2.5],
        "talk": ["4 min", "240"],
    }
