"""The load management in a file: back and forth, in part, and what is wrong with it."""

from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.legrand_ews.ews.charging import (
    ExternalLimit,
    Fallback,
    Sharing,
    Solar,
    StationWish,
)
from custom_components.legrand_ews.ews.charging.settings import (
    ChargingSettings,
    Feeder,
    MeterSource,
    Scope,
    StationPlace,
)
from custom_components.legrand_ews.ews.charging.wish_settings import WishSettings
from custom_components.legrand_ews.ews.inventory import (
    ENGLISH,
    FileFormat,
    Plan,
    plan,
    read,
    write,
)
from custom_components.legrand_ews.ews.model import (
    Address,
    Charger,
    ChargerRole,
    Device,
    Gateway,
    TcpLink,
    by_id,
)

from .installations import catalogue, empty_site

METER, BREAKER, BAY, BOX = 1, 2, 3, 4
BOX_ = Charger(
    id=BOX,
    name="Box",
    entities={
        ChargerRole.STATE: "sensor.box",
        ChargerRole.CURRENT_LIMIT: "number.box",
        ChargerRole.PERMISSION: "switch.box",
    },
    states={"off": "no_vehicle", "charging": "charging"},
)


def device(number: int, name: str, model: str, unit: int) -> Device:
    return Device(
        id=number, name=name, gateway_id=1, address=Address(unit=unit), model=model
    )


SITE = replace(
    empty_site(),
    gateways=by_id([Gateway(id=1, name="Cellar", link=TcpLink(host="10.0.0.1"))]),
    devices=by_id(
        [
            device(METER, "Main", "412052", 1),
            device(BREAKER, "Switch", "x_dpx3_250", 2),
            device(BAY, "Bay", "058049", 3),
        ]
    ),
    chargers=by_id([BOX_]),
)
SENSORS = MeterSource(entity_ids=("sensor.a", "sensor.b", "sensor.c"))
STORED = ChargingSettings(
    meter=MeterSource(device_id=METER),
    maximum_a=100,
    charging_a=90,
    feeders=(Feeder(id=1, name="Basement", maximum_a=63, charging_a=60),),
    places=MappingProxyType({BAY: StationPlace(circuit_id=1, rated_a=20)}),
)


def planned(
    *lines: str, stored: ChargingSettings = STORED, remove_missing: bool = False
) -> Plan:
    return plan(
        read("\n".join(("charging:", *lines))),
        SITE,
        catalogue(),
        charging=stored,
        remove_missing=remove_missing,
    )


@st.composite
def loads(draw: st.DrawFn) -> ChargingSettings:
    """Settings that pass their checks, of a site with a station and a charger."""
    whole = MeterSource(device_id=METER)
    charging = draw(st.integers(6, 200))
    return ChargingSettings(
        is_enabled=draw(st.booleans()),
        has_hard_limit=draw(st.booleans()),
        sharing=draw(st.sampled_from(Sharing)),
        scope=draw(st.sampled_from(Scope)),
        fallback=Fallback.SECOND_STEP,
        last_resort=draw(st.sampled_from(Fallback)),
        meter=draw(st.sampled_from([whole, SENSORS])),
        charging_a=charging,
        maximum_a=charging + draw(st.integers(0, 50)),
        hysteresis_percent=draw(st.integers(0, 20)),
        guaranteed_ah=draw(st.integers(0, 1000)),
        feeders=tuple(
            Feeder(
                id=number,
                name=draw(st.sampled_from(["A", "yes", "null", "2-1"])),
                maximum_a=40,
                charging_a=draw(st.integers(6, 40)),
                meter=draw(st.sampled_from([None, whole])),
                parent_id=0 if number == 1 else draw(st.sampled_from([0, 1])),
            )
            for number in range(1, draw(st.integers(1, 4)))
        ),
        places=MappingProxyType(
            {
                BAY: StationPlace(
                    rated_a=draw(st.sampled_from([None, 16, 32])),
                    lag_s=draw(st.integers(0, 120)),
                )
            }
            if draw(st.booleans())
            else {}
        ),
        wishes=WishSettings(
            voltage_v=draw(st.integers(100, 300)),
            external=draw(st.sampled_from([None, ExternalLimit(safe_a=6)])),
            stations=MappingProxyType(
                {
                    number: StationWish(
                        solar=draw(st.sampled_from(Solar)),
                        price_limit=draw(
                            st.sampled_from([None, Decimal("0.25"), Decimal("-1.5")])
                        ),
                        can_switch_phases=draw(st.booleans()),
                    )
                    for number in draw(st.sets(st.sampled_from([BAY, BOX])))
                }
            ),
        ),
        grid_entity=draw(st.sampled_from([None, "sensor.grid"])),
        external_entity=draw(st.sampled_from([None, "input_number.limit"])),
    )


@settings(max_examples=60, deadline=None)
@given(stored=loads())
def test_what_is_written_is_read(stored: ChargingSettings) -> None:
    """In a site without load management the same comes of it, in its own nothing."""
    text = write(SITE, catalogue(), FileFormat.YAML, ENGLISH, stored)
    for before in (ChargingSettings(), stored):
        for remove_missing in (False, True):
            made = plan(
                read(text),
                SITE,
                catalogue(),
                charging=before,
                remove_missing=remove_missing,
            )
            assert made.problems == ()
            assert made.charging == (None if before == stored else stored)


def test_a_table_says_nothing_of_it() -> None:
    text = write(SITE, catalogue(), FileFormat.CSV, ENGLISH, STORED)
    made = plan(read(text), SITE, catalogue(), charging=STORED, remove_missing=True)
    assert (made.problems, made.charging) == ((), None)


def test_what_is_not_said_stays() -> None:
    made = planned("  charging_a: 80", "  stations: [{station: Box, solar: only}]")
    assert made.problems == ()
    assert made.charging == replace(
        STORED,
        charging_a=80,
        wishes=WishSettings(
            stations=MappingProxyType({BOX: StationWish(solar=Solar.ONLY)})
        ),
    )


def test_unless_what_is_missing_shall_go() -> None:
    """The circuit and the place go with all that the part does not mention."""
    made = planned(
        "  meter: {device: Main}",
        "  maximum_a: 100",
        "  charging_a: 90",
        remove_missing=True,
    )
    assert made.problems == ()
    assert made.charging == replace(STORED, feeders=(), places=MappingProxyType({}))
    gone = planned("  {}", remove_missing=True)
    assert (gone.problems, gone.charging) == ((), ChargingSettings())
    assert planned("  {}").charging is None


def test_the_load_management_is_taken_away() -> None:
    made = planned("  meter: null")
    assert made.charging == replace(STORED, meter=None)


def test_circuits_are_known_by_their_numbers_and_names() -> None:
    made = planned(
        "  circuits:",
        "    - {id: 1, name: Cellar}",
        "    - {name: Roof, maximum_a: 32, charging_a: 30, inside: 1}",
    )
    assert made.problems == ()
    assert made.charging is not None
    assert made.charging.feeders == (
        replace(STORED.feeders[0], name="Cellar"),
        Feeder(id=2, name="Roof", maximum_a=32, charging_a=30, parent_id=1),
    )


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["  maximum_a: many"], (2, "charging.maximum_a", "number_invalid")),
        (
            ["  charging_a: 101"],
            (2, "charging.charging_a", "charging_limit_above_maximum"),
        ),
        (
            ["  enabled: yes", "  second_step_percent: 90"],
            (3, "charging.second_step_percent", "steps_not_descending"),
        ),
        (["  sharing: evenly"], (2, "charging.sharing", "choice_unknown")),
        (["  enabled: maybe"], (2, "charging.enabled", "import_flag_invalid")),
        (["  maximum: 3"], (2, "charging.maximum", "import_column_unknown")),
        (
            ["  meter: {device: Attic}"],
            (2, "charging.device", "import_reference_unknown"),
        ),
        (["  meter: {device: Bay}"], (2, "charging.meter", "charging_meter_unsuited")),
        (
            ["  meter: {sensors: [sensor.a], phases: [1, 2, 3]}"],
            (2, "charging.sensors", "charging_sensor_count"),
        ),
        (
            ["  meter: {device: Main, phases: [1, 4]}"],
            (2, "charging.phases", "station_phases_wrong"),
        ),
        (
            ["  circuits:", "    - {id: 1, charging_a: 64}"],
            (3, "charging.circuits.1.charging_a", "charging_limit_above_maximum"),
        ),
        (
            ["  circuits:", "    - {id: 1, inside: 7}"],
            (3, "charging.circuits.1.inside", "circuit_unknown"),
        ),
        (
            ["  circuits:", "    - {id: 1}", "    - {id: 1}"],
            (4, "charging.circuits", "charging_number_taken"),
        ),
        (["  circuits: 3"], (2, "charging.circuits", "import_unreadable")),
        (["  - 3"], (2, "charging", "import_unreadable")),
        (
            ["  stations:", "    - {station: Attic}"],
            (3, "charging.station", "import_reference_unknown"),
        ),
        (
            ["  stations:", "    - {station: Bay, circuit: 9}"],
            (3, "charging.stations.3.circuit", "circuit_unknown"),
        ),
        (
            ["  stations:", "    - {station: Box, price_limit: cheap}"],
            (3, "charging.price_limit", "decimal_invalid"),
        ),
        (
            ["  external: {safe_a: 300}"],
            (2, "charging.external.safe_a", "out_of_range"),
        ),
        (
            ["chargers:", "  - {id: 4, circuit: 9}"],
            (3, "circuit", "circuit_unknown"),
        ),
    ],
)
def test_what_is_wrong_stands_at_its_line(
    lines: list[str], expected: tuple[int, str, str]
) -> None:
    made = planned(*lines)
    assert [(x.row, x.field, x.key) for x in made.problems] == [expected]
    assert not made.is_possible


def test_what_was_wrong_before_is_no_fault_of_the_file() -> None:
    stored = replace(STORED, meter=MeterSource(device_id=99), second_step_percent=80)
    made = planned("  guaranteed_ah: 10", stored=stored)
    assert made.problems == ()
    assert made.charging == replace(stored, guaranteed_ah=10)
    text = write(SITE, catalogue(), FileFormat.YAML, ENGLISH, stored)
    again = plan(read(text), SITE, catalogue(), charging=stored)
    assert (again.problems, again.charging) == ((), None)


def test_a_part_that_repeats_itself_without_end() -> None:
    made = planned("  circuits: &all [*all]")
    assert {x.key for x in made.problems} == {"import_unreadable"}
