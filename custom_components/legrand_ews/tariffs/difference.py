"""What other tariffs do to the costs of what was recorded."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from homeassistant.core import HomeAssistant

from ..ews.billing import CostDifference, money_text
from ..ews.consumption.answer import as_number
from ..ews.quantities import Fluid
from ..ews.tariffs.book import TariffBook
from ..ews.tariffs.currency import minor_units, shown
from ..runtime import EwsConfigEntry
from ..sentences import async_sentences, number_text


@dataclass(frozen=True, slots=True)
class Difference:
    """The differences of one or more fluids."""

    parts: tuple[CostDifference, ...]

    @property
    def cost(self) -> Decimal:
        """By how much more the site pays; of feed-in alone, how much more it is paid."""
        if len(self.parts) == 1:
            return self.parts[0].total
        return sum(
            (
                -part.total if part.fluid is Fluid.ELECTRICITY_EXPORT else part.total
                for part in self.parts
            ),
            start=Decimal(0),
        )

    def as_dict(self) -> dict[str, object]:
        """The ``difference`` of an answer."""
        energy = sum(part.energy_milli for part in self.parts)
        return {
            "energy": as_number(energy),
            "cost": money_text(self.cost),
            "fluids": {part.fluid.value: part.as_dict() for part in self.parts},
        }


async def async_difference(
    hass: HomeAssistant, entry: EwsConfigEntry, books: Sequence[TariffBook]
) -> Difference:
    """Compare books with those that the fluids have now; raises ArchiveError."""
    billing = entry.runtime_data.site.billing

    def compare() -> Difference:
        return Difference(tuple(billing.difference(book) for book in books))

    return await hass.async_add_executor_job(compare)


async def async_difference_text(
    hass: HomeAssistant, entry: EwsConfigEntry, difference: Difference, language: str
) -> str:
    """Return a difference as a sentence, rounded as money is shown."""
    currency = entry.runtime_data.tariffs.currency
    amount = shown(difference.cost, currency)
    key = "tariff_same"
    if amount:
        is_revenue = all(
            part.fluid is Fluid.ELECTRICITY_EXPORT for part in difference.parts
        )
        direction = "more" if amount > 0 else "less"
        key = f"tariff_{'earns' if is_revenue else 'costs'}_{direction}"
    sentence = await async_sentences(hass, language)
    text = number_text(abs(amount), minor_units(currency), language)
    return sentence(key, {"amount": f"{text} {currency}"})
