"""The second part of a step: what the lines carry, and what they are expected to."""

from collections.abc import Mapping

from .config import MAIN, MILLI
from .desk import IN_STEP, Desk
from .layout import Line
from .outcome import ReasonKind
from .state import LineState, MeterState, Zone


def read_lines(desk: Desk, meters: Mapping[int, MeterState]) -> None:
    """Work out load and zone of every line, and what it is expected to carry."""
    drawn_ma = [0] * len(desk.layout.lines)
    paired = [0] * len(desk.layout.lines)
    read_at = {
        number: meter.read_at + IN_STEP
        for number, meter in meters.items()
        if meter.read_at is not None
    }
    meter_at = [
        read_at.get(line.circuit_id) if line.is_metered else None
        for line in desk.layout.lines
    ]
    for side in desk.sides:
        side_at, drawn, former = side.read_at, side.drawn_ma, side.former_drawn_ma
        side.low = side.high = drawn or side.low
        side.peak = max(side.low)
        if side_at is None:
            continue
        is_same = drawn == former
        if is_same and not side.drawn:
            continue
        for now_ma, then_ma, numbers in zip(
            drawn, former, side.place.lines, strict=True
        ):
            for number in numbers:
                at = meter_at[number]
                is_later = not is_same and at is not None and side_at > at
                paired[number] += then_ma if is_later else now_ma
                drawn_ma[number] += now_ma
    loads = list(drawn_ma)
    unclear = _unclear(desk)
    for number, line in enumerate(desk.layout.lines):
        meter = meters.get(line.circuit_id)
        if meter is not None:
            loads[number] = meter.currents_ma.get(line.phase, 0)
        is_known = meter is None or (
            meter.read_at is not None and desk.clock - meter.heard_ms <= desk.stale_ms
        )
        load, others = loads[number], loads[number] - paired[number]
        before = desk.state.lines.get(line.key) or LineState(green_ms=desk.clock)
        peaks = _peaks(desk, before, None if number in unclear else others)
        desk.others.append(others)
        desk.lines.append(_line(desk, line, load, before, peaks, is_known=is_known))
    desk.green_ms = [
        desk.clock - line.green_ms if line.is_known and line.zone is Zone.GREEN else -1
        for line in desk.lines
    ]
    desk.least_green_ms = min(desk.green_ms, default=-1)
    desk.is_all_known = all(line.is_known for line in desk.lines)
    # Most draw what they draw: only the others have to be looked at.
    desk.low = [sum(parts) for parts in zip(desk.others, drawn_ma, strict=True)]
    desk.high = list(desk.low)
    for side in desk.sides:
        if not side.goes_on:
            desk.expect(side)


def _unclear(desk: Desk) -> set[int]:
    """Return the lines whose other loads cannot be told at this moment.

    A car on its way to another current whose station was not heard with the meter would
    be taken for a load.
    """
    return {
        line
        for side in desk.sides
        if side.heard_ms < desk.clock and not side.is_settled
        for line in side.place.all_lines
    }


def _peaks(
    desk: Desk, before: LineState, others_ma: int | None
) -> tuple[tuple[int, int], int]:
    """Return the highest other loads of the last while, so that a share rests on them.

    Below zero where the sun feeds in. As long as they cannot be told, those before hold.
    """
    now_ma, then_ma = before.peaks_ma
    if others_ma is None:
        return before.peaks_ma, before.peaks_ms
    if desk.clock - before.peaks_ms >= desk.config.raise_after_s * MILLI:
        return (others_ma, now_ma), desk.clock
    return (max(now_ma, others_ma), then_ma), before.peaks_ms


def _line(
    desk: Desk,
    line: Line,
    load_ma: int,
    before: LineState,
    peaks: tuple[tuple[int, int], int],
    *,
    is_known: bool,
) -> LineState:
    maximum, charging = line.maximum_ma, line.charging_ma
    external = desk.inputs.external_limit_a
    if external is not None and line.circuit_id == MAIN:
        maximum, charging = (min(x, external * MILLI) for x in (maximum, charging))
    desk.maximum.append(maximum)
    desk.charging.append(charging)
    zone = zone_of(load_ma, before.zone, maximum, charging, line.band_ma)
    if zone is not before.zone:
        desk.say(
            ReasonKind.ZONE_CHANGED,
            line=line.key,
            former=before.zone.value,
            zone=zone.value,
            load_a=round(load_ma / MILLI),
        )
    is_over = load_ma > maximum
    return LineState(
        zone=zone,
        load_ma=load_ma,
        is_known=is_known,
        green_ms=desk.clock
        if zone is Zone.GREEN and before.zone is not Zone.GREEN
        else before.green_ms,
        over_ms=(desk.clock if before.over_ms is None else before.over_ms)
        if is_over
        else None,
        peaks_ma=peaks[0],
        peaks_ms=peaks[1],
    )


def zone_of(
    load_ma: int, before: Zone, maximum_ma: int, charging_ma: int, band_ma: int
) -> Zone:
    """Return the zone of a load; a value at a threshold is in the lower zone (Q28).

    The way up is at the thresholds, the way down below them by the hysteresis (Q13).
    """
    red_down = maximum_ma - band_ma if before is Zone.RED else maximum_ma
    green_down = charging_ma if before is Zone.GREEN else charging_ma - band_ma
    if load_ma > red_down:
        return Zone.RED
    return Zone.YELLOW if load_ma > green_down else Zone.GREEN
