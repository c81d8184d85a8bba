"""What ports and licences cost, and what it costs when things go wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from flexports.keys import Bounds, Count, CountOrZero, Keyed, Name, Number, key

#: An amount of money, in the currency of the table.
Money = Annotated[float, Number("an amount", "25.0", Bounds(at_least=0.0, at_most=1e9))]


@dataclass(frozen=True, kw_only=True)
class Prices(Keyed):
    """Prices, all optional: what has none costs nothing.

    Ports and licences are rented by the month; what goes wrong is paid each time.
    """

    currency: Annotated[str, Name("USD"), key("Of all amounts.", example='"USD"')] = "USD"
    days_a_month: Annotated[Count, key("Days that the floor is open in a month.", example="21")] = (
        21
    )
    port: Annotated[Money, key("A flex port, a month.", example="35.0")] = 0.0
    minimum_ports: Annotated[
        CountOrZero, key("Ports that the contract has one pay for at least.", example="5")
    ] = 0
    crm: Annotated[Money, key("A CRM licence, a month.", example="65.0")] = 0.0
    dialer_tab: Annotated[
        Money, key("A dialer tab, a month.", alias="dialer-tab", example="20.0")
    ] = 0.0
    dialer: Annotated[Money, key("A dialer licence, a month.", example="60.0")] = 0.0
    agent_login: Annotated[
        Money, key("An agent login, a month.", alias="agent-login", example="15.0")
    ] = 0.0
    elf: Annotated[Money, key("An ELF licence, a month.", example="30.0")] = 0.0
    fax: Annotated[Money, key("A fax licence, a month.", example="10.0")] = 0.0
    lost_call: Annotated[
        Money,
        key(
            "A call that the want of a port turned away for good; a press of 1, a lead, and a "
            "session of monitoring that is skipped too, but no message of a dialer.",
            example="20.0",
        ),
    ] = 0.0
    message_by_hand: Annotated[
        Money, key("A message that an agent had to leave himself.", example="0.5")
    ] = 0.0
    unrecorded_call: Annotated[
        Money, key("A talk that was to be recorded and was not.", example="5.0")
    ] = 0.0

    def of_licence(self, licence: str) -> float:
        """Return the price of one licence a month."""
        price: float = getattr(self, licence.replace("-", "_"))
        return price

    @property
    def of_failures(self) -> Mapping[str, float]:
        """Return the price of each thing that goes wrong, by what the tally calls it."""
        return {
            "lost": self.lost_call,
            "by_hand": self.message_by_hand,
            "missed": self.unrecorded_call,
        }
