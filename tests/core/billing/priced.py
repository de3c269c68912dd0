"""Questions about the costs of a building, and plans to price it with."""

from collections.abc import Mapping
from datetime import datetime

from custom_components.legrand_ews.ews.archive import Archive
from custom_components.legrand_ews.ews.billing import (
    Billing,
    CostAnswer,
    CostQuery,
    Costs,
    Metered,
)
from custom_components.legrand_ews.ews.consumption import Directory
from custom_components.legrand_ews.ews.model import Installation
from custom_components.legrand_ews.ews.quantities import Fluid
from custom_components.legrand_ews.ews.tariffs import CostRule, TariffPlan
from custom_components.legrand_ews.ews.tariffs.book import TariffBook
from custom_components.legrand_ews.ews.tariffs.settings import BillingSettings

from ..consumption.building import BUILDING, NOW
from ..tariffs.plans import plan


def settings_of(*books: TariffBook) -> BillingSettings:
    return BillingSettings(currency="EUR", books={book.fluid: book for book in books})


def priced(*rules: CostRule, fluid: Fluid = Fluid.ELECTRICITY) -> BillingSettings:
    """Five tariffs of 1 to 5 a kWh or m³."""
    known = plan(*rules)
    return settings_of(
        TariffBook.of(TariffPlan(fluid=fluid, tariffs=known.tariffs, rules=known.rules))
    )


def billing(
    archive: Archive,
    settings: BillingSettings,
    installation: Installation = BUILDING,
) -> Billing:
    metered = Metered(
        installation=installation,
        directory=Directory(installation, archive.objects()),
        archive=archive,
    )
    return Billing(settings, installation.zone, lambda: metered)


def ask(
    archive: Archive,
    settings: BillingSettings,
    installation: Installation = BUILDING,
    now: datetime = NOW,
    **fields: object,
) -> Costs:
    query = CostQuery.from_request(fields, installation.zone)
    return billing(archive, settings, installation).get_costs(query, now)


def totals_of(answer: CostAnswer) -> Mapping[int, tuple[object, object]]:
    """Amount and cost of each series as the interface writes them, by number."""
    return {
        series.energy.id: (told["energy_total"], told["cost_total"])
        for series in answer.series
        if (told := series.as_dict())
    }
