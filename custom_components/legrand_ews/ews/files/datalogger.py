"""``datalogger.csv``: the values of a chart as a file (S176)."""

from collections.abc import Mapping
from typing import Final

from ..consumption import Consumption, Series
from ..consumption.amounts import unit_of
from ..consumption.answer import REST
from ..model import PredefinedLoad
from .dialect import FileDialect, local_time

DATALOGGER_FILE: Final = "datalogger.csv"


def datalogger(
    consumption: Consumption,
    dialect: FileDialect,
    names: Mapping[PredefinedLoad, str],
    rest: str,
) -> bytes:
    """Write the buckets of a chart: a row a bucket, a column a series.

    ``names`` are those of the predefined loads in the user's language, ``rest`` says in
    it that a series is what a main meter counts beyond its sub-meters. Values are in
    the unit of the fluid, which stands in the heading.
    """
    asked = consumption.asked
    unit = unit_of(consumption.fluid)
    headings = [f"{_heading(series, names, rest)} [{unit}]" for series in asked.series]
    columns = [series.values_milli for series in asked.series]
    numbers = dialect.numbers()
    lines = [dialect.heading(("start", "utc_offset", *headings))]
    for start, amounts in zip(asked.edges, zip(*columns, strict=True), strict=False):
        cells = (None if amount is None else round(amount) for amount in amounts)
        time = local_time(start, consumption.zone)
        lines.append(dialect.line((*time, *map(numbers.__getitem__, cells))).encode())
    return b"".join(lines)


def _heading(series: Series, names: Mapping[PredefinedLoad, str], rest: str) -> str:
    name = series.name if series.key is None else names.get(series.key, series.name)
    if series.kind == REST:
        name = f"{name}, {rest}"
    return f"{name} ({series.id})"
