"""Tariffs whose price an entity or a statistic of Home Assistant tells."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from freezegun.api import TickingDateTimeFactory
from homeassistant.components.recorder import get_instance
from homeassistant.components.recorder.models import (
    StatisticData,
    StatisticMeanType,
    StatisticMetaData,
)
from homeassistant.components.recorder.statistics import (
    async_add_external_statistics,
    statistics_during_period,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
)
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
)

from custom_components.legrand_ews.const import DOMAIN
from custom_components.legrand_ews.costs.statistics import cost_statistic_id
from custom_components.legrand_ews.ews.archive import Archive
from custom_components.legrand_ews.ews.metering import Quality, Sample
from custom_components.legrand_ews.ews.quantities import Fluid
from custom_components.legrand_ews.ews.tariffs import PriceHistory
from custom_components.legrand_ews.ews.timegrid import Span

from . import site
from .conftest import Load, PassTime, StartServer
from .registers import emdx3
from .test_statistics import past, write_past

SPOT = "sensor.spot_price"
EXTERNAL = "market:spot"
HOUR = timedelta(hours=1)
UNIT = {"unit_of_measurement": "EUR/kWh"}


@pytest.fixture
def mock_recorder_before_hass(
    clock: TickingDateTimeFactory, async_test_recorder: Any
) -> None:
    """Let the recorder be there before Home Assistant is."""


@pytest.fixture
async def entry(
    hass: HomeAssistant, recorder_mock: Any, start_server: StartServer
) -> MockConfigEntry:
    server = await start_server({11: emdx3(imported_wh=1000)})
    return site.entry([site.gateway(1, server.port), site.device(1, 1, 11)])


async def call(hass: HomeAssistant, name: str, **data: Any) -> Any:
    return await hass.services.async_call(
        DOMAIN, name, data, blocking=True, return_response=True
    )


async def choose(
    hass: HomeAssistant, pass_time: PassTime, source: str, own: str | None = "0.20"
) -> None:
    """Let one tariff that always applies have the price of a source."""
    prices = [] if own is None else [{"price": own}]
    tariff = {"name": "Spot", "prices": prices, "price_source": source}
    answer = await call(
        hass,
        "set_cost_rules",
        tariffs=[tariff],
        rules=[{"tariff": "Spot"}],
        recompute="all",
    )
    assert answer["problems"] == []
    await pass_time(3)


def history(entry: MockConfigEntry) -> PriceHistory:
    found: PriceHistory = entry.runtime_data.tariffs.prices
    return found


def known(
    entry: MockConfigEntry, source: str, start: datetime, end: datetime
) -> list[tuple[Decimal | None, bool]]:
    """Prices of a span in order, and whether each is assumed."""
    pieces = history(entry).over(source, Span(start, end), None)
    return [(piece.amount, piece.is_assumed) for piece in pieces]


async def price_now(hass: HomeAssistant) -> str:
    active = (await call(hass, "get_tariffs"))["active"]
    price: str = active["price"]
    return price


def issues(hass: HomeAssistant) -> list[str | None]:
    return [
        issue.translation_key
        for (domain, _), issue in ir.async_get(hass).issues.items()
        if domain == DOMAIN
    ]


async def test_the_price_follows_its_entity(
    hass: HomeAssistant, entry: MockConfigEntry, load: Load, pass_time: PassTime
) -> None:
    """In cents, per MWh, and below zero; after a reload it is all still known."""
    hass.states.async_set(SPOT, "25.12", {"unit_of_measurement": "ct/kWh"})
    await load(entry)
    start = dt_util.utcnow()
    await choose(hass, pass_time, SPOT)
    assert await price_now(hass) == "0.2512"
    for state, unit in (("-4.5", "EUR/MWh"), ("0.31", "€/kWh")):
        hass.states.async_set(SPOT, state, {"unit_of_measurement": unit})
        await pass_time(5)
    assert await price_now(hass) == "0.31"
    await hass.config_entries.async_reload(entry.entry_id)
    await pass_time(2)
    found = known(entry, SPOT, start, dt_util.utcnow())
    assert found[-3:] == [
        (Decimal("0.2512"), False),
        (Decimal("-0.0045"), False),
        (Decimal("0.31"), False),
    ]
    assert issues(hass) == []


async def test_what_is_no_price_is_a_repair_until_it_is_one(
    hass: HomeAssistant, entry: MockConfigEntry, load: Load, pass_time: PassTime
) -> None:
    hass.states.async_set(SPOT, "3", {"unit_of_measurement": "W"})
    await load(entry)
    await choose(hass, pass_time, SPOT)
    assert "price_unit_wrong" in issues(hass)
    assert await price_now(hass) == "0.2"
    hass.states.async_set(SPOT, "0.3", UNIT)
    await pass_time(3)
    assert "price_unit_wrong" not in issues(hass)
    assert await price_now(hass) == "0.3"


async def test_a_source_that_is_not_there_is_a_repair(
    hass: HomeAssistant, entry: MockConfigEntry, load: Load, pass_time: PassTime
) -> None:
    """The tariff's own price counts, and the source may come later."""
    await load(entry)
    await choose(hass, pass_time, SPOT)
    assert issues(hass) == ["price_source_silent"]
    assert await price_now(hass) == "0.2"
    hass.states.async_set(SPOT, "0.3", UNIT)
    await pass_time(3)
    assert await price_now(hass) == "0.3"
    # Another source, and nothing is left of this one.
    hass.states.async_set("sensor.other", "0.4", UNIT)
    await choose(hass, pass_time, "sensor.other")
    assert (issues(hass), await price_now(hass)) == ([], "0.4")


async def test_a_price_holds_while_its_entity_is_away(
    hass: HomeAssistant, entry: MockConfigEntry, load: Load, pass_time: PassTime
) -> None:
    hass.states.async_set(SPOT, "0.3", UNIT)
    await load(entry)
    await choose(hass, pass_time, SPOT)
    hass.states.async_set(SPOT, "unavailable")
    await pass_time(3)
    now = dt_util.utcnow()
    assert known(entry, SPOT, now, now + HOUR) == [(Decimal("0.3"), True)]
    assert await price_now(hass) == "0.3"
    hass.states.async_remove(SPOT)
    await pass_time(3)
    hass.states.async_set(SPOT, "0.3", UNIT)
    await pass_time(3)
    now = dt_util.utcnow()
    assert known(entry, SPOT, now, now + HOUR) == [(Decimal("0.3"), False)]


async def test_what_the_recorder_knows_is_taken_over(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    load: Load,
    pass_time: PassTime,
    clock: TickingDateTimeFactory,
) -> None:
    """Each state since they are kept: the tariff is chosen after they were said."""
    start = dt_util.utcnow()
    for price in ("0.10", "0.20", "unavailable", "0.30"):
        hass.states.async_set(SPOT, price, UNIT)
        await hass.async_block_till_done()
        clock.tick(600)
    await async_wait_recording_done(hass)
    await load(entry)
    await choose(hass, pass_time, SPOT)
    assert known(entry, SPOT, start + HOUR / 60, dt_util.utcnow()) == [
        (Decimal("0.10"), False),
        (Decimal("0.20"), False),
        (Decimal("0.20"), True),
        (Decimal("0.30"), False),
    ]


def statistic(unit: str = "EUR/MWh") -> StatisticMetaData:
    return StatisticMetaData(
        mean_type=StatisticMeanType.ARITHMETIC,
        has_sum=False,
        name="Spot market",
        source="market",
        statistic_id=EXTERNAL,
        unit_class=None,
        unit_of_measurement=unit,
    )


async def tell(
    hass: HomeAssistant, rows: Iterable[tuple[datetime, float]], unit: str = "EUR/MWh"
) -> None:
    data = [StatisticData(start=start, mean=mean) for start, mean in rows]
    async_add_external_statistics(hass, statistic(unit), data)
    await get_instance(hass).async_block_till_done()


async def test_a_statistic_is_read_by_the_hour(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    load: Load,
    pass_time: PassTime,
    clock: TickingDateTimeFactory,
) -> None:
    """Hours that it left out are assumed; so is what follows a missing hour."""
    ten = dt_util.utcnow().replace(minute=0, second=0, microsecond=0)
    await tell(hass, [(ten - 5 * HOUR, 90.1), (ten - 3 * HOUR, -12.5), (ten, 100.0)])
    await load(entry)
    await choose(hass, pass_time, EXTERNAL)
    assert known(entry, EXTERNAL, ten - 5 * HOUR, ten + HOUR / 2) == [
        (Decimal("0.0901"), False),
        (Decimal("0.0901"), True),
        (Decimal("-0.0125"), False),
        (Decimal("-0.0125"), True),
        (Decimal("0.1"), False),
    ]
    assert await price_now(hass) == "0.1"
    # A look every hour finds what came meanwhile.
    await tell(hass, [(ten + HOUR, 110.0)])
    clock.tick(3700)
    async_fire_time_changed(hass, dt_util.utcnow())
    await pass_time(3)
    assert await price_now(hass) == "0.11"


async def test_costs_of_the_past_follow_what_is_taken_over(
    hass: HomeAssistant, entry: MockConfigEntry, load: Load, pass_time: PassTime
) -> None:
    """1.5 kWh an hour at 0.1, before its first price too, and -0.05 from 08:00 UTC."""
    assert await async_setup_component(hass, "sensor", {})
    ten = dt_util.utcnow().replace(minute=0, second=0, microsecond=0)
    write_past(hass, entry, past(1, ten - 4 * HOUR, [250] * 18))
    rows = [(ten - 3 * HOUR, 100.0), (ten - 2 * HOUR, -50.0), (ten - HOUR, -50.0)]
    await tell(hass, rows)
    await load(entry)
    await choose(hass, pass_time, EXTERNAL, own=None)
    await async_wait_recording_done(hass)
    name = cost_statistic_id(entry, Fluid.ELECTRICITY)
    found = await get_instance(hass).async_add_executor_job(
        statistics_during_period,
        hass,
        ten - 4 * HOUR,
        ten,
        {name},
        "hour",
        None,
        {"sum"},
    )
    sums = [row["sum"] for row in found[name]]
    # Three hours of ten-minute samples of 250 Wh; in the fourth there is nothing.
    assert sums == [pytest.approx(x) for x in (0.15, 0.3, 0.225, 0.225)]


async def test_a_statistic_in_another_unit_is_a_repair(
    hass: HomeAssistant, entry: MockConfigEntry, load: Load, pass_time: PassTime
) -> None:
    ten = dt_util.utcnow().replace(minute=0, second=0, microsecond=0)
    await tell(hass, [(ten, 3.0)], unit="W")
    await load(entry)
    await choose(hass, pass_time, EXTERNAL)
    assert "price_unit_wrong" in issues(hass)


async def test_a_price_counted_no_longer_than_somebody_listened(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    load: Load,
    pass_time: PassTime,
    clock: TickingDateTimeFactory,
) -> None:
    """The site was off for five hours: what is billed of them is marked as assumed."""
    hass.states.async_set(SPOT, "0.3", UNIT)
    await load(entry)
    await choose(hass, pass_time, SPOT)
    archive: Archive = entry.runtime_data.site.upkeep
    listened_until = dt_util.utcnow().replace(microsecond=0) + timedelta(minutes=10)
    sample = Sample(
        device_id=1,
        start=listened_until - timedelta(minutes=10),
        length=timedelta(minutes=10),
        amounts_milli={"active_energy_import": 1_000_000},
        quality=Quality.COMPLETE,
    )
    await hass.async_add_executor_job(archive.write, [sample])
    await hass.config_entries.async_unload(entry.entry_id)
    clock.tick(5 * 3600)
    hass.states.async_set(SPOT, "0.4", UNIT)
    back = dt_util.utcnow()
    await hass.config_entries.async_setup(entry.entry_id)
    await pass_time(3)
    assert known(entry, SPOT, listened_until - HOUR / 60, back + HOUR) == [
        (Decimal("0.3"), False),
        (Decimal("0.3"), True),
        (Decimal("0.4"), False),
    ]
