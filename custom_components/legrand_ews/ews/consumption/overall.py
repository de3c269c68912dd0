"""Overall: what was consumed of every fluid, in one answer (S165)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from ..model import Installation
from ..quantities import Fluid
from ..timegrid import Span
from .amounts import Archived, Milli, counted_as, unit_of
from .answer import as_number, span_text
from .directory import Directory
from .query import By, ConsumptionQuery, compared_frame_of, frame_of
from .scope import scope_of
from .totals import answer_query

FLUID_COLORS: Final[Mapping[Fluid, str]] = MappingProxyType(
    {
        Fluid.ELECTRICITY: "#f28e2b",
        Fluid.ELECTRICITY_EXPORT: "#b07aa1",
        Fluid.GAS: "#59a14f",
        Fluid.GAS_KWH: "#59a14f",
        Fluid.WATER: "#4e79a7",
    }
)
"""Electricity orange, gas green, water blue (S165)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FluidAmount:
    """What was consumed of a fluid, in thousandths of its unit; None is "no data"."""

    fluid: Fluid
    total_milli: Milli | None
    is_complete: bool
    compared_milli: Milli | None = None
    is_compared_complete: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Overall:
    """Every fluid of the site over one span, and over the one beside it."""

    zone: ZoneInfo
    span: Span
    compared: Span | None
    fluids: tuple[FluidAmount, ...]

    def as_dict(self) -> dict[str, object]:
        """JSON of ``get_overall``."""
        answer: dict[str, object] = {
            **span_text(self.span, self.zone),
            "complete": all(fluid.is_complete for fluid in self.fluids),
            "fluids": [self.fluid_as_dict(fluid) for fluid in self.fluids],
        }
        if self.compared is not None:
            answer["compare"] = span_text(self.compared, self.zone)
        return answer

    def fluid_as_dict(self, amount: FluidAmount) -> dict[str, object]:
        """One of the fluids as JSON values."""
        answer: dict[str, object] = {
            "fluid": amount.fluid.value,
            "unit": unit_of(amount.fluid).value,
            "color": FLUID_COLORS[amount.fluid],
            "total": as_number(amount.total_milli),
            "complete": amount.is_complete,
        }
        if self.compared is not None:
            answer["compare_total"] = as_number(amount.compared_milli)
            answer["compare_complete"] = amount.is_compared_complete
        return answer


def answer_overall(
    query: ConsumptionQuery,
    *,
    installation: Installation,
    directory: Directory,
    source: Archived,
    now: datetime,
) -> Overall:
    """Answer ``get_overall`` for every fluid that was ever recorded.

    ``by`` and ``fluid`` of the query say nothing here. The energy of gas is told where
    the site knows a factor. Raises what `answer_query` does.
    """
    query = replace(query, by=By.LEVEL)
    zone, length = installation.zone, installation.sample_length
    counted = {member.id for member in scope_of(query, directory).counted}
    recorded = {x.fluid for x in source.totals() if x.device_id in counted}
    fluids: list[FluidAmount] = []
    for fluid in Fluid:
        is_unknown = fluid is Fluid.GAS_KWH and not installation.gas_factors
        if counted_as(fluid) not in recorded or is_unknown:
            continue
        consumption = answer_query(
            replace(query, fluid=fluid),
            installation=installation,
            directory=directory,
            source=source,
            now=now,
        )
        beside = consumption.compared
        fluids.append(
            FluidAmount(
                fluid=fluid,
                total_milli=consumption.asked.total_milli,
                is_complete=consumption.asked.is_complete,
                compared_milli=None if beside is None else beside.total_milli,
                is_compared_complete=beside is not None and beside.is_complete,
            )
        )
    compared = compared_frame_of(query, zone, length, now)
    return Overall(
        zone=zone,
        span=frame_of(query, zone, length, now).span,
        compared=None if compared is None else compared.span,
        fluids=tuple(fluids),
    )
