"""The metrics of a group of agents."""

from __future__ import annotations

from collections.abc import Iterator

from flexports.estimates.estimate import SHARE, Estimate
from flexports.estimates.intervals import Certainty, share_of_time
from flexports.estimates.ratios import ratio
from flexports.tally import Moments, TeamFrame


def team_estimates(team: TeamFrame, moments: Moments, sure: Certainty) -> Iterator[Estimate]:
    """Shares of a group's staffed time, by activity.

    Notes
    -----
    Where all days agree (say, nobody ever left a message by hand), the bound is what days that went
    unseen would change, even if they were all of it. A group that was never on duty has no shares.
    """
    for activity, staffed in team.layout.ratios:
        share = ratio(moments, activity, staffed, sure.days)
        within = share_of_time(*share, sure.unseen_days, sure)
        yield Estimate(team.name, f"time_{activity}", SHARE, share.value, *within)
