"""How long does it take to bill a year anew, after a price or a rule was changed?

A campus of 255 meters counts energy every ten minutes for a year: 13 million samples.
Its plan has three tariffs: a peak and a day tariff on workdays, whose edges lie in the
middle of hours, and nights and weekends. Measured:

* to share the year out among the tariffs once, in the background;
* to bill every device and the site for each month after a price has changed, and to
  say beforehand what the change makes: the limit is two seconds on two cores;
* the same after a rule has changed: at once, from hours and samples, and in the
  background; and what a change makes where fees, tiers, a capacity price and taxes
  are paid, too, once the peaks are known;
* what every interval pays for live costs of today, this month and this year.

Beside it, in the same run: a row per sample, read and priced one by one (a month of
them, twelve times); and hourly statistics like those of Home Assistant's recorder,
joined with a table of a price for every hour - which cannot tell a tariff that changes
in the middle of an hour. Use the ratios: times on a busy machine vary.
"""

import argparse
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial
import json
from pathlib import Path
import sqlite3
import sys
import tempfile
from time import perf_counter
from typing import Final, override

from custom_components.legrand_ews.ews.archive import Archive
from custom_components.legrand_ews.ews.billing import Billing, Metered
from custom_components.legrand_ews.ews.consumption import Directory
from custom_components.legrand_ews.ews.metering import Sample
from custom_components.legrand_ews.ews.model import (
    Address,
    Device,
    Gateway,
    Installation,
    TcpLink,
)
from custom_components.legrand_ews.ews.quantities import Fluid
from custom_components.legrand_ews.ews.tariffs import (
    CapacityPrice,
    CostRule,
    Extras,
    Fee,
    Levy,
    Per,
    Price,
    Tariff,
    TariffPlan,
    TariffTimeline,
    Tax,
    Tier,
)
from custom_components.legrand_ews.ews.tariffs.book import TariffBook
from custom_components.legrand_ews.ews.tariffs.settings import BillingSettings
from custom_components.legrand_ews.ews.timegrid import Bucket, Span, bucket_edges

from .archived.campus import DEVICES, LENGTH, START, Meter
from .archived.filling import ZONE, fill

DAYS: Final = 365
LIMIT_S: Final = 2.0
POWER: Final = Fluid.ELECTRICITY
ENERGY: Final = "active_energy_import"
YEAR: Final = Span(START - DAYS * timedelta(days=1), START)
_WORKDAYS: Final = frozenset(range(5))
_PEER_MONTHS: Final = 12
_A_GATEWAY: Final = 200


@dataclass(slots=True, kw_only=True)
class Figures:
    """Seconds that each way takes."""

    name: str
    seconds: dict[str, float]


class EnergyMeter(Meter):
    """A meter of the campus that counts one energy and nothing else."""

    @override
    def sample(self, start: datetime) -> Sample:
        """The interval that starts at ``start``."""
        amounts = super().sample(start).amounts_milli
        return Sample(
            device_id=self.device_id,
            start=start,
            length=LENGTH,
            amounts_milli={ENERGY: amounts[ENERGY]},
        )


def plan(peak: str = "0.31", noon: int = 12 * 60 + 30) -> TariffPlan:
    """Peak from 07:00 to ``noon``, day to 21:29, and night."""
    return TariffPlan(
        fluid=POWER,
        tariffs=tuple(
            Tariff(
                id=number,
                name=name,
                color="#1f77b4",
                prices=(
                    Price(amount=Decimal(price)),
                    Price(
                        valid_from=date(2025, 8, 1),
                        amount=Decimal(price) + Decimal("0.0123"),
                    ),
                ),
            )
            for number, (name, price) in enumerate(
                (("Peak", peak), ("Day", "0.24"), ("Night", "0.17")), 1
            )
        ),
        rules=(
            CostRule(
                tariff_id=1, first_minute=420, last_minute=noon - 1, weekdays=_WORKDAYS
            ),
            CostRule(
                tariff_id=2, first_minute=noon, last_minute=1289, weekdays=_WORKDAYS
            ),
            CostRule(tariff_id=3),
        ),
    )


def with_extras(known: TariffPlan) -> TariffPlan:
    """The same with something of everything that is paid beside the energy."""

    def once(amount: str) -> tuple[Price, ...]:
        return (Price(amount=Decimal(amount)),)

    extras = Extras(
        fees=(Fee(name="Subscription", per=Per.MONTH, prices=once("62.40")),),
        levies=(Levy(name="Excise", prices=once("0.0205")),),
        tiers=(Tier(name="Much", above=Decimal(50_000), prices=once("0.015")),),
        capacity=CapacityPrice(name="Capacity", prices=once("3.8412")),
        taxes=(Tax(name="VAT", percents=once("21")),),
    )
    return replace(known, extras=extras)


def main() -> int:
    """Measure, print a table and write JSON on request."""
    parser = argparse.ArgumentParser(prog="benchmarks.billing", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--days", type=int, default=DAYS, help="days of samples")
    parser.add_argument("--folder", type=Path, help="where the databases are made")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        path = Path(folder) / "archive.db"
        fill(path, [EnergyMeter(n) for n in range(1, DEVICES + 1)], options.days, DAYS)
        figures = [measure(path), measure_samples(path), measure_statistics(path)]
    print_figures(figures)
    if options.json is not None:
        options.json.write_text(json.dumps([asdict(one) for one in figures], indent=2))
    return 0 if figures[0].seconds[PRICE] <= LIMIT_S else 1


PRICE: Final = "a price changed: every device and month anew"


def measure(path: Path) -> Figures:
    """Bill the year as the integration does."""
    archive = Archive(path, ZONE)
    archive.open()
    edges = bucket_edges(YEAR, Bucket.MONTH, ZONE, LENGTH)
    before, dearer = billing(archive, plan()), billing(archive, plan("0.35"))
    later = plan(noon=13 * 60)
    changed = billing(archive, later)
    seconds = {
        "shared out once, in the background": timed(
            lambda: before.catch_up(lambda _: None)
        ),
        PRICE: timed(lambda: dearer.counted_costs(POWER, edges)),
        "  what the change makes, beforehand": timed(
            lambda: before.difference(TariffBook.of(plan("0.35")))
        ),
        "a rule changed: every device and month, at once": timed(
            lambda: changed.counted_costs(POWER, edges)
        ),
        "  what the change makes, beforehand ": timed(
            lambda: before.difference(TariffBook.of(later))
        ),
        "  shared out anew, in the background": timed(
            lambda: changed.catch_up(lambda _: None)
        ),
        "  every device and month afterwards": timed(
            lambda: changed.counted_costs(POWER, edges)
        ),
    }
    whole = billing(archive, with_extras(plan()))
    seconds["peaks of the year found, in the background"] = timed(
        lambda: whole.catch_up(lambda _: None)
    )
    for title, other in (("price", plan("0.35")), ("rule", later)):
        after = TariffBook.of(with_extras(other))
        seconds[f"  {title}: with fees, capacity, taxes, beforehand"] = timed(
            partial(whole.difference, after)
        )
    now = START - timedelta(hours=1)
    seconds["live costs, the first time"] = timed(lambda: changed.costs_so_far(now))
    seconds["live costs, every interval"] = timed(lambda: changed.costs_so_far(now))
    archive.close()
    return Figures(name="archive and book", seconds=seconds)


def billing(archive: Archive, known: TariffPlan) -> Billing:
    """The campus with a plan."""
    gateways = {
        number: Gateway(
            id=number, name=f"Gateway {number}", link=TcpLink(host="gateway")
        )
        for number in range(1, 2 + DEVICES // _A_GATEWAY)
    }
    devices = {
        number: Device(
            id=number,
            name=f"Meter {number}",
            gateway_id=1 + number // _A_GATEWAY,
            address=Address(unit=1 + number % _A_GATEWAY),
            model=None,
        )
        for number in range(1, DEVICES + 1)
    }
    site = Installation(name="Campus", zone=ZONE, gateways=gateways, devices=devices)
    metered = Metered(installation=site, directory=Directory(site), archive=archive)
    settings = BillingSettings(currency="EUR", books={POWER: TariffBook.of(known)})
    return Billing(settings, ZONE, lambda: metered)


def measure_samples(path: Path) -> Figures:
    """Read and price every sample of a month, one by one."""
    prices = TariffTimeline(plan("0.35"), ZONE)
    first = (START - timedelta(days=1)).replace(day=1)
    by_start: dict[int, Decimal] = {}

    def bill() -> dict[int, Decimal]:
        sums: dict[int, Decimal] = {}
        with sqlite3.connect(path) as database:
            rows = database.execute(
                f"SELECT device_id, start, {ENERGY} FROM energy WHERE start >= ?",
                (int(first.timestamp()),),
            )
            for device_id, start, amount in rows:
                price = by_start.get(start)
                if price is None:
                    at = datetime.fromtimestamp(start, UTC)
                    price = by_start[start] = prices.at(at).price
                sums[device_id] = sums.get(device_id, Decimal(0)) + amount * price
        database.close()
        return sums

    return Figures(name="a row per sample", seconds={PRICE: timed(bill) * _PEER_MONTHS})


def measure_statistics(path: Path) -> Figures:
    """Join hourly sums of energy, as floats, with a price of every hour."""
    prices = TariffTimeline(plan("0.35"), ZONE)
    with sqlite3.connect(path.with_name("statistics.db")) as database:
        database.executescript(
            "CREATE TABLE statistics (id INTEGER PRIMARY KEY, metadata_id INTEGER,"
            " start_ts FLOAT, change FLOAT);"
            "CREATE TABLE prices (start_ts FLOAT PRIMARY KEY, price FLOAT);"
        )
        database.execute("ATTACH ? AS filled", (str(path),))
        database.execute(
            "INSERT INTO statistics (metadata_id, start_ts, change)"
            " SELECT device_id, start, amount_milli / 1e6 FROM filled.hourly"
            " WHERE fluid = 0"
        )
        database.execute("CREATE UNIQUE INDEX ix ON statistics (metadata_id, start_ts)")
        database.commit()

        def bill() -> list[tuple[int, str, float]]:
            hours = (
                YEAR.start + n * timedelta(hours=1)
                for n in range(int(YEAR.length / timedelta(hours=1)))
            )
            database.execute("DELETE FROM prices")
            database.executemany(
                "INSERT INTO prices VALUES (?, ?)",
                ((at.timestamp(), float(prices.at(at).price)) for at in hours),
            )
            return database.execute(
                "SELECT metadata_id, strftime('%Y-%m', start_ts, 'unixepoch'),"
                " sum(change * price) FROM statistics JOIN prices USING (start_ts)"
                " GROUP BY 1, 2"
            ).fetchall()

        seconds = {PRICE: timed(bill)}
    database.close()
    return Figures(name="hourly statistics and a price an hour", seconds=seconds)


def timed(work: Callable[[], object]) -> float:
    """Seconds that something takes."""
    before = perf_counter()
    work()
    return perf_counter() - before


def print_figures(figures: list[Figures]) -> None:
    """Print what was measured, and how the peers compare."""
    own = figures[0].seconds[PRICE]
    for one in figures:
        print(f"\n{one.name}")
        for title, seconds in one.seconds.items():
            print(f"  {title:52} {seconds:8.2f} s")
        if one is not figures[0]:
            print(
                f"  {'against the archive and the book':52} {one.seconds[PRICE] / own:7.1f} x"
            )
    verdict = "kept" if own <= LIMIT_S else "missed"
    print(f"\nlimit of {LIMIT_S:.0f} s after a price change: {verdict}")


if __name__ == "__main__":
    sys.exit(main())
