"""The façade: what is asked of a site in money is what its meters counted."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
import zipfile

import pytest

from custom_components.legrand_ews.ews.archive import Archive
from custom_components.legrand_ews.ews.billing import CostQuery
from custom_components.legrand_ews.ews.bus.readings import (
    DeviceReport,
    DeviceStatus,
    Reading,
)
from custom_components.legrand_ews.ews.catalogue import load_catalogue
from custom_components.legrand_ews.ews.consumption import (
    ComparisonQuery,
    ConsumptionQuery,
)
from custom_components.legrand_ews.ews.files import DataRequest
from custom_components.legrand_ews.ews.quantities import Fluid
from custom_components.legrand_ews.ews.site import Site

from ..consumption.building import BUILDING, LIGHTING, PARIS
from ..files.space import CONFIGURED_AT, ENGLISH
from ..tariffs.plans import rule
from .priced import priced

ENERGY = "active_energy_import"
START = datetime(2026, 3, 15, 9, tzinfo=UTC)
LENGTH = BUILDING.sample_length
NOW = START + timedelta(hours=1)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """120 Wh were counted by the meter of the lighting, at 2 a kWh."""
    archive = Archive(tmp_path / "archive.db", PARIS)
    site = Site(BUILDING, load_catalogue(), archive, priced(rule(2)))
    site.open(START)
    for at, counted in ((START, 5000), (START + LENGTH, 5120)):
        reading = Reading(quantity=ENERGY, value=Decimal(counted), read_at=at)
        site.recording.observe(
            DeviceReport(
                device_id=1,
                at=at,
                status=DeviceStatus.ON,
                readings={ENERGY: reading},
            )
        )
    site.recording.close_interval(START + LENGTH)
    site.recording.write()
    yield site
    site.close()


def test_every_answer_in_money_is_the_same(site: Site, tmp_path: Path) -> None:
    due = Decimal("0.24")
    query = CostQuery.from_request({"load": LIGHTING}, PARIS)
    assert site.get_costs(query, NOW).cost_total == due
    overall = site.get_overall(ConsumptionQuery(), NOW).as_dict()
    assert [x["cost"] for x in overall["fluids"]] == ["0.24"]  # type: ignore[attr-defined]
    items = [{"id": 1}, {"level": "site"}]
    compared = ComparisonQuery.from_request({"items": items, "in": "money"}, PARIS)
    told = site.compare_consumption(compared, NOW).as_dict()
    assert [x["cost_total"] for x in told["items"]] == ["0.24", "0.24"]  # type: ignore[attr-defined]
    plain = ComparisonQuery.from_request({"items": items}, PARIS)
    told = site.compare_consumption(plain, NOW).as_dict()
    assert [x["total"] for x in told["items"]] == [120, 120]  # type: ignore[attr-defined]
    (costs,) = site.billing.costs_so_far(NOW).values()
    assert costs.devices[1].today == costs.totals[None, None].this_year == due
    edges = [START, START + LENGTH, NOW]
    counted = site.billing.counted_costs(Fluid.ELECTRICITY, edges)
    assert counted.devices[1] == [int(due.scaleb(18)), None]
    files = site.files(BUILDING, ENGLISH, CONFIGURED_AT)
    text = b"".join(files.open("overallTotal/cost_2026-03.csv")).decode()
    assert text.splitlines()[-1].endswith(",0.24")
    path = tmp_path / "reportdata.zip"
    asked = {"start": "2026-03-15", "end": "2026-03-15", "rate": "day", "costs": True}
    request = DataRequest.from_request(asked, PARIS)
    names = site.export_data(path, request, BUILDING, ENGLISH, lambda _: None)
    with zipfile.ZipFile(path) as made:
        assert made.read(names[1]).decode().strip().endswith(",0.24")
