"""What a peer has to know of the two queues, read from the floors that flexports runs."""

from __future__ import annotations

from dataclasses import dataclass

from flexports.floor import Floor
from flexports.sources import kinds_of
from flexports.sources.inbound import Inbound

HOUR_S = 3600.0


@dataclass(frozen=True)
class Loss:
    """Calls that take a port for a while, or are lost. All exponential."""

    rate_per_s: float
    call_s: float
    ports: int
    warm_up_s: float

    @classmethod
    def of(cls, floor: Floor) -> Loss:
        """Read them from a floor with one IVR that serves everybody."""
        source = _inbound(floor)
        assert source.ivr is not None
        ports = floor.ports.count or 0
        return cls(_rate_per_s(floor), source.ivr.expected_s, ports, floor.day.warm_up_s)

    @property
    def load_erl(self) -> float:
        """What is offered."""
        return self.rate_per_s * self.call_s


@dataclass(frozen=True)
class Queue:
    """Callers who wait for an agent as long as they are patient. All exponential."""

    rate_per_s: float
    talk_s: float
    patience_s: float
    agents: int
    warm_up_s: float

    @classmethod
    def of(cls, floor: Floor) -> Queue:
        """Read them from a floor with one group and one route to it."""
        source = _inbound(floor)
        assert source.patience is not None
        return cls(
            _rate_per_s(floor),
            source.talk.expected_s,
            source.patience.expected_s,
            floor.agents[0].count,
            floor.day.warm_up_s,
        )


def _inbound(floor: Floor) -> Inbound:
    (source,) = kinds_of(floor)
    assert isinstance(source, Inbound)
    return source


def _rate_per_s(floor: Floor) -> float:
    (rate,) = _inbound(floor).rate.between(floor.day.opens_s, floor.day.length_s)[1]
    return rate
