"""Little's law: the mean number present is the rate of arrival times the mean time spent."""

from __future__ import annotations

from flexports.theory import arguments


def mean_number(rate: float, mean_time: float) -> float:
    """Mean number present: calls on hold, ports busy, erlang offered.

    Parameters
    ----------
    rate : float
        Arrivals per unit of time.
    mean_time : float
        Mean time that an arrival stays, in the same unit of time.

    Returns
    -------
    float
        ``rate * mean_time``. With the time for which a port is held it is the load in erlang.

    Raises
    ------
    ValueError
        If either is negative or not finite.

    References
    ----------
    J. D. C. Little, "A proof for the queuing formula L = lambda W", Operations Research 9(3),
    1961, 383-387.

    Examples
    --------
    Five agents who dial every 60 s and leave a message of 60 s on 40 % of the dials:

    >>> mean_number(0.4 * 5 / 60, 60)
    2.0
    """
    rate = arguments.not_negative("rate", rate, "arrivals per unit of time")
    return rate * arguments.not_negative("mean_time", mean_time, "units of time")


def mean_time(number: float, rate: float) -> float:
    """Mean time that an arrival stays, from the mean number present.

    Parameters
    ----------
    number : float
        Mean number present.
    rate : float
        Arrivals per unit of time, above 0.

    Returns
    -------
    float
        ``number / rate``, in the unit of time of `rate`.

    Raises
    ------
    ValueError
        If `number` is negative or `rate` is not above 0.

    References
    ----------
    As for `mean_number`.

    Examples
    --------
    Three calls on hold at a rate of 48 calls a minute: 0.0625 minutes each.

    >>> mean_time(3, 48)
    0.0625
    """
    number = arguments.not_negative("number", number, "calls")
    return number / arguments.positive("rate", rate, "arrivals per unit of time")


def mean_rate(number: float, mean_time: float) -> float:
    """Arrivals per unit of time, from the mean number present and the mean time each stays.

    Parameters
    ----------
    number : float
        Mean number present.
    mean_time : float
        Mean time that an arrival stays, above 0.

    Returns
    -------
    float
        ``number / mean_time``, per unit of time of `mean_time`.

    Raises
    ------
    ValueError
        If `number` is negative or `mean_time` is not above 0.

    References
    ----------
    As for `mean_number`.

    Examples
    --------
    >>> mean_rate(2, 60) * 3600
    120.0
    """
    number = arguments.not_negative("number", number, "calls")
    return number / arguments.positive("mean_time", mean_time, "units of time")
