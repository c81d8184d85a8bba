"""Closed forms and exact chains of teletraffic: numbers in, numbers out.

Any unit of time will do, as long as all arguments of a call share it. Loads are in erlang.

Examples
--------
>>> from flexports import theory
>>> round(theory.erlang_b(2, 7), 5)
0.00344
"""

from flexports.theory.birth_death import birth_death
from flexports.theory.chain import Chain, Transition
from flexports.theory.delay import Delay, erlang_c, mmc, mmc_agents
from flexports.theory.finite_sources import Engset, engset
from flexports.theory.littles_law import mean_number, mean_rate, mean_time
from flexports.theory.loss import erlang_b, erlang_b_load, erlang_b_ports
from flexports.theory.multirate import KaufmanRoberts, kaufman_roberts
from flexports.theory.overflow import Overflow, overflow_moments
from flexports.theory.patience import ErlangA, erlang_a
from flexports.theory.priorities import priority_waits
from flexports.theory.reservation import Reservation, reservation, trunk_reservation
from flexports.theory.retrials import ExtendedErlangB, extended_erlang_b

__all__ = [
    "Chain",
    "Delay",
    "Engset",
    "ErlangA",
    "ExtendedErlangB",
    "KaufmanRoberts",
    "Overflow",
    "Reservation",
    "Transition",
    "birth_death",
    "engset",
    "erlang_a",
    "erlang_b",
    "erlang_b_load",
    "erlang_b_ports",
    "erlang_c",
    "extended_erlang_b",
    "kaufman_roberts",
    "mean_number",
    "mean_rate",
    "mean_time",
    "mmc",
    "mmc_agents",
    "overflow_moments",
    "priority_waits",
    "reservation",
    "trunk_reservation",
]
