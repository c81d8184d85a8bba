"""Times of day on a floor that is open from one time to another, perhaps past midnight."""

from collections.abc import Sequence

from flexports.units import DAY_S, format_clock

Spell = tuple[float, float]


def hours_of(opens_s: float, length_s: float) -> str:
    """Say from when to when a floor is open.

    Examples
    --------
    >>> hours_of(22 * 3600.0, 8 * 3600.0)
    '22:00 to 06:00 of the next day'
    """
    if length_s >= DAY_S:
        return "day and night"
    closes_s = opens_s + length_s
    past = closes_s > DAY_S
    closes = format_clock(closes_s - DAY_S if past else closes_s)
    return f"{format_clock(opens_s)} to {closes}{' of the next day' if past else ''}"


def first_time(clock_s: float, opens_s: float, length_s: float) -> float | None:
    """Return when a time of day is first reached, or None if the floor is closed then.

    Parameters
    ----------
    clock_s, opens_s : float
        Seconds after midnight.
    length_s : float
        From opening to closing.

    Returns
    -------
    float
        Seconds from opening.

    Examples
    --------
    >>> first_time(2 * 3600.0, opens_s=22 * 3600.0, length_s=8 * 3600.0)
    14400.0
    """
    since_s = clock_s - opens_s
    if since_s < 0:
        since_s += DAY_S
    return since_s if since_s < length_s else None


def spells_within(
    spells: Sequence[Spell], opens_s: float, length_s: float
) -> tuple[tuple[float, float], ...]:
    """Return the spells of every day on which the floor is open, from opening on.

    Parameters
    ----------
    spells : sequence of (float, float)
        Each from one time of day to a later one, seconds after midnight, in order and apart.
    opens_s, length_s : float
        Opening, seconds after midnight, and the time from there to closing.

    Returns
    -------
    tuple of (float, float)
        Seconds from opening. None begins before opening or after closing; they may end later. One
        that goes on at midnight is one spell.

    Examples
    --------
    >>> night = ((0.0, 6 * 3600.0), (22 * 3600.0, 24 * 3600.0))
    >>> spells_within(night, opens_s=21 * 3600.0, length_s=10 * 3600.0)
    ((3600.0, 32400.0),)
    """
    found: list[Spell] = []
    for day in range(int((opens_s + length_s) // DAY_S) + 1):
        for from_s, to_s in spells:
            begins_s, ends_s = day * DAY_S + from_s - opens_s, day * DAY_S + to_s - opens_s
            if ends_s <= 0 or begins_s >= length_s:
                continue
            if found and begins_s <= found[-1][1]:
                found[-1] = (found[-1][0], ends_s)
            else:
                found.append((max(0.0, begins_s), ends_s))
    return tuple(found)
