"""Classes of calls that take several ports each: Kaufman and Roberts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from flexports.theory import arguments

# Weights are scaled down when one passes this, far from both ends of what a float can hold.
LARGE = 1e200


@dataclass(frozen=True, kw_only=True)
class KaufmanRoberts:
    """What `kaufman_roberts` finds.

    Attributes
    ----------
    blocking : tuple of float
        Share of the calls of each class that find too few ports.
    mean_busy : float
        Mean number of ports busy.
    occupancy : ndarray of float, shape (ports + 1,)
        Share of the time that 0, 1, ..., `ports` ports are busy.
    """

    blocking: tuple[float, ...]
    mean_busy: float
    occupancy: NDArray[np.float64] = field(repr=False, compare=False)


def kaufman_roberts(
    loads: Sequence[float], ports_per_call: Sequence[int], ports: int
) -> KaufmanRoberts:
    """Blocking of Poisson classes of calls, each taking several ports at once or none.

    Parameters
    ----------
    loads : sequence of float, one for each class
        Offered load in erlang of calls: rate times mean time that a call lasts.
    ports_per_call : sequence of int, one for each class
        Ports that a call of the class takes, 1 or more.
    ports : int
        Number of ports, 0 or more.

    Returns
    -------
    KaufmanRoberts
        Blocking of each class, mean ports busy, and the distribution of busy ports.

    Raises
    ------
    ValueError
        If an argument is out of range, or the lists differ in length.

    Notes
    -----
    ``j q(j) = sum over classes of a b q(j - b)``; exact for every law of the time that a call
    lasts. Weights are scaled as they grow, so that 10,000 ports neither overflow nor lose digits.

    References
    ----------
    J. S. Kaufman, "Blocking in a shared resource environment", IEEE Transactions on Communications
    29(10), 1981, 1474-1481. J. W. Roberts, "A service system with heterogeneous user requirements",
    in Performance of Data Communications Systems and Their Applications, 1981, 423-431.

    Examples
    --------
    Plain calls on one port and recorded calls on two:

    >>> answer = kaufman_roberts([2, 1], [1, 2], 5)
    >>> [round(share, 6) for share in answer.blocking], round(answer.mean_busy, 6)
    ([0.172185, 0.381898], 2.891832)
    """
    arguments.same_length(loads=loads, ports_per_call=ports_per_call)
    offered = [arguments.not_negative("loads", load, "erlang") for load in loads]
    taken = [arguments.count("ports_per_call", each, least=1) for each in ports_per_call]
    ports = arguments.count("ports", ports)
    occupancy = _occupancy(offered, taken, ports)
    occupancy.setflags(write=False)
    return KaufmanRoberts(
        blocking=tuple(float(occupancy[max(0, ports + 1 - each) :].sum()) for each in taken),
        mean_busy=float(occupancy @ np.arange(ports + 1)),
        occupancy=occupancy,
    )


def _occupancy(loads: Sequence[float], taken: Sequence[int], ports: int) -> NDArray[np.float64]:
    weights = np.zeros(ports + 1)
    weights[0] = 1.0
    port_loads = [load * each for load, each in zip(loads, taken, strict=True)]
    for busy in range(1, ports + 1):
        fed = sum(
            load * float(weights[busy - each])
            for load, each in zip(port_loads, taken, strict=True)
            if each <= busy
        )
        weights[busy] = fed / busy
        if weights[busy] > LARGE:
            weights[: busy + 1] /= LARGE
    return np.asarray(weights / weights.sum())
