"""The findings of the audit in words, with the figures that the tables hold: Markdown."""

from __future__ import annotations

import numpy as np
import pandas as pd

from audit.findings import share_text
from audit.fitting import QUANTILE, Fit
from audit.judging import BETTER, ERLANG, OWN, THUMB, Audit

_SMALL, _A_FEW, _MANY_CALLERS = 8, 2, 0.3


def about(audit: Audit) -> str:
    """What was run."""
    own = int((audit.floors["shape"] == OWN).sum())
    others = len(audit.floors) - own
    counts = len(audit.counts)
    return (
        f"{own:,} floors of Company X's kind and {others} of other shapes, simulated on {counts:,} "
        f"port counts in all. Shares of floors stand with their 95 % intervals in brackets."
    )


def verdict(judged: pd.DataFrame, target: float) -> str:
    """Where the rule of thumb is right, for one target."""
    rule = _of(judged, THUMB, target)
    error = rule["error"]
    return (
        f"**At {_percent(target)} blocking** the rule of thumb buys too few ports on "
        f"{share_text(error < 0)} percent of floors, just enough on {share_text(error == 0)} "
        f"percent, and too many on {share_text(error > 0)} percent; it is within one port on "
        f"{share_text(error.abs() <= 1)} percent. It is {-error.min():.0f} short at the worst, and "
        f"{error.max():.0f} over. The blocking with what it buys is "
        f"{_percent(rule['blocking'].mean())} on average and {_percent(rule['blocking'].max())} at "
        f"the worst."
    )


def load(audit: Audit) -> str:
    """How wrong the load is that the rule of thumb works with."""
    own = audit.floors[audit.floors["shape"] == OWN]
    no_campaign = own[own["drawn_presses"] == 0]
    ratio = no_campaign["load_erl"] / no_campaign["records_mean"]
    alone = ratio[no_campaign["drawn_inbound"] == 0]
    busy = ratio[no_campaign["drawn_inbound"] >= _MANY_CALLERS]
    return (
        f"The load that its arithmetic gives is {alone.median():.2f} times what ports carry where "
        f"nobody calls ({len(alone)} floors, median), and {busy.median():.2f} times where callers "
        f"take {_percent(_MANY_CALLERS)} of the agents' time or more ({len(busy)} floors without a "
        f"campaign): agents who talk do not dial, and the arithmetic has them do both."
    )


def margin(judged: pd.DataFrame) -> str:
    """What two ports more are worth."""
    rule = _of(judged, THUMB, 0.01)
    quiet = rule[rule["incoming"] == 0]
    small = quiet[quiet["need"] <= _SMALL]["error"]
    large = quiet[quiet["need"] > 2 * _SMALL]["error"]
    return (
        f"Where nobody calls, so that the load is right, two ports more are "
        f"{_signed(small.median())} at 1 % blocking on floors that need up to {_SMALL} ports "
        f"({len(small)} floors, median), and {_signed(large.median())} on those that need more "
        f"than {2 * _SMALL} ({len(large)} floors)."
    )


def better(judged: pd.DataFrame, target: float, what: str) -> str:
    """How the square-root rule does on some floors, beside two others.

    Parameters
    ----------
    judged : DataFrame
    target : float
    what : str
        What these floors are.
    """
    floors = judged["floor"].nunique()
    head = f"**{_percent(target)} blocking, {floors} {what}**"
    lines = (_line(_of(judged, name, target), name) for name in (BETTER, ERLANG, THUMB))
    return "\n".join([head, "", *lines])


def _line(rule: pd.DataFrame, name: str) -> str:
    error = rule["error"]
    return (
        f"- {name}: too few on {share_text(error < 0)} percent, within one port on "
        f"{share_text(error.abs() <= 1)}, within two on {share_text(error.abs() <= _A_FEW)}; "
        f"{error.abs().mean():.1f} ports off on average, {max(0, -error.min()):.0f} short and "
        f"{error.max():.0f} over at the worst; blocking {_percent(rule['blocking'].mean())} on "
        f"average, {_percent(rule['blocking'].max())} at the worst."
    )


def fitted(fit: Fit) -> str:
    """What the fit found."""
    roots = ", ".join(f"{root:.2f} for {_percent(target)}" for target, root in fit.roots.items())
    return (
        f"Fitted to half of the floors: an erlang of callers keeps {fit.busy:.2f} agents from "
        f"dialing; the square root is multiplied by {roots} blocking, so that "
        f"{_percent(QUANTILE)} of these floors get enough."
    )


def _of(judged: pd.DataFrame, rule: str, target: float) -> pd.DataFrame:
    return judged[(judged["rule"] == rule) & np.isclose(judged["target"], target)]


def _percent(share: float) -> str:
    return f"{100 * share:.2g} %"


def _signed(ports: float) -> str:
    if ports == 0:
        return "just right"
    return f"{abs(ports):.3g} {'too many' if ports > 0 else 'too few'}"
