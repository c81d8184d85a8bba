"""The licences that agents hold, and which of them are contingent on others."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flexports.keys import NameList
from flexports.problems import nearest, one_of

#: The one that all others are contingent on.
FIRST = "crm"
#: The pool of lines. It is bought for the floor, not for an agent.
PORTS = "flex-port"


@dataclass(frozen=True)
class Licence:
    """What a licence is for, and the one that it cannot be held without."""

    what_for: str
    contingent_on: str | None = FIRST
    pooled: bool = False


LICENCES: Mapping[str, Licence] = {
    "crm": Licence("all others are contingent on it", contingent_on=None),
    "dialer-tab": Licence("the dialer screen", pooled=True),
    "dialer": Licence("power dialing and click-to-call", contingent_on="dialer-tab", pooled=True),
    "agent-login": Licence("taking ACD, IVR, press-1 and lead-response calls"),
    "elf": Licence("automatic response to the leads of this agent"),
    "fax": Licence("sending a fax", pooled=True),
}

#: What a group holds that says nothing: all that calls need.
AGENT_LICENCES = ("crm", "dialer-tab", "dialer", "agent-login")


class LicenceList(NameList):
    """A list of licences that an agent may hold."""

    def __init__(self) -> None:
        super().__init__(example=FIRST, known=tuple(LICENCES))

    def check(self, value: tuple[str, ...]) -> None:
        """Refuse names that are no licence of an agent."""
        for name in value:
            if nearest(name, (*LICENCES, PORTS)) == PORTS:
                raise ValueError(f"has '{name}', which no agent holds; write it as [ports] count")
            if name not in LICENCES:
                raise ValueError(f"has '{name}', which is no licence; {one_of(name, LICENCES)}")
        super().check(value)


def missing_conditions(held: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Yield each licence held without the one it is contingent on: held, wanted, remedy."""
    others = [name for name in held if name != FIRST]
    if others and FIRST not in held:
        yield others[0], FIRST, f"add '{FIRST}', which all others are contingent on"
    for name in others:
        wanted = LICENCES[name].contingent_on
        if wanted not in (None, FIRST) and wanted not in held:
            yield name, str(wanted), f"add '{wanted}', which '{name}' needs"
