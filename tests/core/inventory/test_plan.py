"""What a file would change, and everything that is wrong with it, at once."""

from dataclasses import replace
from decimal import Decimal

import pytest

from custom_components.legrand_ews.ews.inventory import Plan, plan, read
from custom_components.legrand_ews.ews.model import (
    Address,
    Charger,
    Device,
    Gateway,
    Load,
    ObjectKind,
    PredefinedLoad,
    PulseInput,
    SerialLink,
    Supply,
    TcpLink,
    by_id,
)
from custom_components.legrand_ews.ews.model.gateway import GatewayKind

from ..model_samples import GAS, LOCAL, METER, REMOTE, ROOF, SITE
from .installations import catalogue, empty_site

KITCHEN = Load(id=10, name="Kitchen", color="#112233")
SITE_ = replace(
    SITE,
    gateways=by_id([LOCAL, ROOF]),
    devices=by_id([METER, GAS, REMOTE]),
    loads=by_id([*SITE.loads.values(), KITCHEN]),
    chargers=by_id([Charger(id=39, name="Wallbox")]),
)


def planned(*lines: str, **options: bool) -> Plan:
    return plan(
        read("\n".join(lines)),
        SITE_,
        catalogue(),
        {"device": 40, "load": 11},
        **options,
    )


def problems(made: Plan) -> list[tuple[int | None, str, str]]:
    return [(x.row, x.field, x.key) for x in made.problems]


def test_the_number_keeps_an_object_across_renames() -> None:
    made = planned("kind;id;name", "device;1;Transformer")
    assert [x.part for x in made.changed] == [replace(METER, name="Transformer")]
    assert (made.added, made.removed, problems(made)) == ((), (), [])


def test_without_a_number_the_name_says_which_object_is_meant() -> None:
    made = planned("kind;name;exclude_from_totals", "device; MAIN ;yes")
    (change,) = made.changed
    assert change.part == replace(METER, name="MAIN", is_excluded_from_totals=True)


def test_new_rows_get_numbers_that_were_never_given() -> None:
    """S80; the counters say that 39 devices have been there."""
    made = planned(
        "kind;id;name;gateway;address;model",
        "device;;Pump;Roof;30;412048",
        "device;;Fan;2;31;412048",
    )
    assert [x.part.id for x in made.added] == [40, 41]
    assert made.next_ids == {**made.next_ids, "device": 42}


def test_a_name_of_digits_is_no_number() -> None:
    """S78: devices are called by their address; 3 is the number of the lift."""
    made = planned(
        "kind;name;gateway;address;model",
        "device;3;Roof;30;412048",
        "device;#1;Roof;31;412048",
    )
    assert (problems(made), made.changed) == ([], ())
    assert [(x.part.id, x.part.name) for x in made.added] == [(40, "3"), (41, "#1")]


def test_rows_may_stand_in_one_line() -> None:
    made = planned("boards: [{name: A}, {name: B}, {id: 1, name: C}]")
    assert problems(made) == []
    assert {x.id: x.name for x in made.installation.boards.values()} == {
        1: "C",
        2: "A",
        3: "B",
    }


def test_a_number_that_the_site_does_not_have_is_kept() -> None:
    """So a device that was removed by mistake comes back with its history."""
    made = planned(
        "kind;id;name;gateway;address;model",
        "device;7;Pump;Roof;30;412048",
        "device;90;Fan;Roof;31;412048",
        "device;;Lamp;Roof;32;412048",
    )
    assert [x.part.id for x in made.added] == [7, 90, 91]
    assert made.next_ids["device"] == 92


def test_empty_cells_change_nothing_and_a_dash_empties() -> None:
    made = planned(
        "kind;id;name;description;board;load;groups",
        "gateway;2;;;-;;",
        "board;1;;-;;;",
        "device;3;;;;Kitchen;-",
    )
    assert problems(made) == []
    assert {x.part for x in made.changed if x.kind is ObjectKind.GATEWAY} == {
        replace(ROOF, board_id=None)
    }
    assert made.installation.boards[1].description == ""
    device = made.installation.devices[3]
    assert (device.name, device.load_id, device.group_ids) == ("Lift", 10, ())


@pytest.mark.parametrize("reference", ["Kitchen", "kitchen ", "10", "#10"])
def test_references_are_names_or_numbers(reference: str) -> None:
    made = planned("kind;id;load", f"device;1;{reference}")
    assert made.installation.devices[1].load_id == 10


def test_names_are_those_after_the_file_then_those_before() -> None:
    made = planned(
        "kind;id;name;load",
        "load;10;Canteen;",
        "device;1;;Canteen",
        "device;3;;Kitchen",
    )
    assert problems(made) == []
    assert {made.installation.devices[x].load_id for x in (1, 3)} == {10}


def test_a_device_may_come_before_what_it_speaks_of() -> None:
    made = plan(
        read(
            "kind;name;host;gateway;address;model;load;groups\n"
            "device;Pump;;Cellar;5;4 120 45;Machines;North|South\n"
            "group;South\ngroup;North\nload;Machines\n"
            "gateway;Cellar;cellar.local\n"
        ),
        empty_site(),
        catalogue(),
    )
    assert problems(made) == []
    device = made.installation.devices[1]
    assert (device.gateway_id, device.load_id, device.group_ids) == (1, 10, (2, 1))


def test_defaults_are_those_of_the_forms() -> None:
    """S28, S51, S61, S63-S66, S68, S70, S78."""
    made = plan(
        read(
            "kind;host;serial_port;gateway;address;model;position;concentrator;register\n"
            "gateway;10.0.0.7\n"
            "gateway;;/dev/ttyUSB0\n"
            "device;;;10.0.0.7;12;412048\n"
            "device;;;10.0.0.7;9;x_pulse_gas;2;004687\n"
            "device;;;Local;12;x_generic_modbus;;;0x1A2B\n"
        ),
        empty_site(),
        catalogue(),
    )
    assert problems(made) == []
    site = made.installation
    assert site.gateways[1] == Gateway(
        id=1, name="10.0.0.7", link=TcpLink(host="10.0.0.7", port=502), timeout_ms=300
    )
    assert site.gateways[2].link == SerialLink(port="/dev/ttyUSB0", baud_rate=19200)
    assert site.gateways[2].name == "Local"
    assert [x.name for x in site.devices.values()] == ["12", "9-2", "Local 12"]
    assert site.devices[1].supply is Supply.UPSTREAM
    gas = site.devices[2]
    assert site.load_of(gas).key is PredefinedLoad.GAS
    assert gas.pulse_input is not None
    assert gas.pulse_input.start == 0
    assert site.devices[3].parameters.items() >= {
        ("function", "3"),
        ("register", "1A2B"),
        ("words", "2"),
        ("factor", "1"),
    }


@pytest.mark.parametrize(
    ("cells", "address"),
    [
        ("address;5", Address(unit=5)),
        ("address;5.0", Address(unit=5)),
        ("address;2-1", Address(unit=2, position=1, is_remote=True)),
        ("address,interface;2,1", Address(unit=2, position=1, is_remote=True)),
    ],
)
def test_addresses(cells: str, address: Address) -> None:
    """S60: device and interface, in one cell or in two."""
    heading, values = cells.replace(",", "|").split(";")
    made = plan(
        read(
            f"kind|name|host|gateway|model|{heading}\n".replace("|", ";")
            + "gateway;Roof;10.0.0.1\n"
            + f"device|Lift||Roof|414920|{values}\n".replace("|", ";")
        ),
        empty_site(),
        catalogue(),
    )
    assert problems(made) == []
    assert made.installation.devices[1].address == address


@pytest.mark.parametrize(
    "model", ["412048", "4 120 48", "4\u00a0120\u00a048", "412048.0"]
)
def test_a_model_however_it_is_spaced(model: str) -> None:
    made = planned("kind;id;model", f"device;1;{model}")
    assert (problems(made), made.installation.devices[1].model) == ([], "412048")


def test_a_concentrator_that_lost_its_zeros() -> None:
    made = planned("kind;id;concentrator;weight", "device;2;4687;2,5")
    assert problems(made) == []
    assert made.installation.devices[2].pulse_input == PulseInput(
        concentrator="004687", weight=Decimal("2.5")
    )


def test_another_model_drops_what_only_the_old_one_had() -> None:
    made = planned("kind;id;model;position;word_order", "device;2;412048;;swapped")
    assert problems(made) == []
    device = made.installation.devices[2]
    assert (device.address, device.pulse_input) == (Address(unit=9), None)
    assert device.parameters["word_order"] == "swapped"
    assert device.load_id is None


def test_another_transport_begins_with_its_defaults() -> None:
    made = planned(
        "kind;id;transport;host;serial_port;parity",
        "gateway;1;rtu_over_tcp;10.0.0.9;;",
        "gateway;2;serial;;/dev/ttyS0;odd",
    )
    assert problems(made) == []
    assert made.installation.gateways[1].link == TcpLink(host="10.0.0.9", is_rtu=True)
    link = made.installation.gateways[2].link
    assert isinstance(link, SerialLink)
    assert (link.port, link.parity.value) == ("/dev/ttyS0", "O")


def test_another_server_and_the_device_that_watches_quality() -> None:
    made = planned(
        "kind;id;name;host;gateway_kind;eq_device",
        "gateway;;Annex;10.0.0.9;ews_slave;",
        "gateway;1;;;;Main",
    )
    assert problems(made) == []
    assert made.installation.gateways[3].kind is GatewayKind.EWS_SLAVE
    assert made.installation.gateways[1].eq_device_id == METER.id


def test_a_sub_meter_names_its_main_meter_wherever_that_stands() -> None:
    """S81: it may be a new one that comes later in the file."""
    heading = "kind;id;name;gateway;address;model;behind_meter"
    made = planned(
        heading,
        "device;;Pump;Roof;30;412048;Roof main",
        "device;;Roof main;Roof;31;412048;",
        "device;;Fan;Roof;32;412048;Main",
    )
    assert problems(made) == []
    pump, roof, fan = (x.part for x in made.added)
    assert isinstance(pump, Device)
    assert isinstance(fan, Device)
    assert pump.upstream_device_id == roof.id
    assert fan.upstream_device_id == METER.id
    ring = planned(heading, f"device;{METER.id};;;;;Main")
    assert problems(ring) == [(2, "behind_meter", "upstream_cycle")]


HEADING = "kind;id;name;gateway;address;position;model;load;groups;concentrator;enabled"


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("device;;Pump;Attic;30;;412048", [("gateway", "import_reference_unknown")]),
        ("device;;Pump;;30;;412048", [("gateway", "import_value_missing")]),
        ("device;;Pump;Roof;;;412048", [("address", "import_value_missing")]),
        ("device;;Pump;Roof;a;;412048", [("address", "address_invalid")]),
        ("device;;Pump;Roof;248;;412048", [("address", "address_out_of_range")]),
        ("device;;Pump;Roof;247;;412048", [("address", "address_reserved")]),
        ("device;;Pump;Local;5;;412048", [("address", "address_duplicate")]),
        ("device;;MAIN ;Roof;30;;412048", [("id", "import_repeated")]),
        ("device;;Pump;Roof;30;;412000", [("model", "model_unknown")]),
        ("device;;Pump;Roof;30;;004687", [("model", "import_model_no_meter")]),
        ("device;;Pump;Roof;30;1;412048", [("position", "import_field_unsuited")]),
        (
            "device;;Pump;Roof;30;;x_pulse_water",
            [
                ("concentrator", "import_value_missing"),
                ("position", "import_value_missing"),
            ],
        ),
        (
            "device;;Pump;Roof;30;8;x_pulse_water;;;004687",
            [("position", "out_of_range")],
        ),
        (
            "device;;Pump;Roof;30;1;x_pulse_water;;;412048",
            [("concentrator", "import_concentrator_unknown")],
        ),
        (
            "device;;Pump;Roof;30;1;x_pulse_water;Kitchen;;004687",
            [("load", "import_load_fixed")],
        ),
        ("device;;Pump;Roof;30;;412048;gas", [("load", "import_load_fluid")]),
        ("device;;Pump;Roof;30;;412048;Bath", [("load", "import_reference_unknown")]),
        (
            "device;;Pump;Roof;30;;412048;;First floor|Attic",
            [("groups", "import_reference_unknown")],
        ),
        (
            "device;;Pump;Roof;30;;412048;;;;perhaps",
            [("enabled", "import_flag_invalid")],
        ),
        ("device;x;Pump;Roof;30;;412048", [("id", "number_invalid")]),
        ("device;0;Pump;Roof;30;;412048", [("id", "out_of_range")]),
        ("device;39;Pump;Roof;30;;412048", [("id", "charging_number_taken")]),
        ("load;;Bath;Roof", [("gateway", "import_field_unsuited")]),
        ("load;1;Bath", [("name", "import_name_fixed")]),
        ("gateway;;Annex", [("host", "host_required")]),
        ("group;;first FLOOR ;;3", [("address", "import_field_unsuited")]),
        ("board;;;", [("name", "name_required")]),
        ("board;1;-", [("name", "name_required")]),
    ],
)
def test_problems_stand_at_their_row_and_field(
    row: str, found: list[tuple[str, str]]
) -> None:
    made = planned(HEADING, "device;1;;;;;;;;;", row)
    assert problems(made) == [(3, field, key) for field, key in found]


def test_all_problems_are_listed_at_once() -> None:
    made = planned(
        "kind;id;name;host;port;timeout_ms;color;gateway;address;register;model;ratio",
        "gateway;;A;10.0.0.1 :502;70000;9;;;;;;",
        "load;;B;;;;red;;;;;",
        "device;;C;;;;;Roof;30;XYZ;x_generic_modbus;",
        "device;;D;;;;;A;300;;412048;",
        "load;12;Kitchen;;;;;;;;;",
    )
    assert problems(made) == [
        (1, "ratio", "import_column_unknown"),
        (2, "host", "host_invalid"),
        (2, "port", "out_of_range"),
        (2, "timeout_ms", "out_of_range"),
        (3, "color", "color_invalid"),
        (4, "register", "hex_invalid"),
        (5, "address", "address_out_of_range"),
        (6, "name", "name_duplicate"),
    ]


def test_a_counter_of_another_server() -> None:
    """S129-S134: unit 247 and a remote ID, behind a gateway of that kind."""
    made = planned(
        "kind;name;host;gateway_kind;gateway;address;model;remote_id",
        "gateway;Annex;10.0.0.9;ews_slave",
        "device;Lift there;;;Annex;247;x_wsmeasure_device;10012",
        "device;All there;;;Annex;247;x_wsmeasure_all",
        "device;Misplaced;;;Roof;30;x_wsmeasure_device;10013",
    )
    assert problems(made) == [(5, "gateway", "gateway_not_slave")]
    assert [made.installation.devices[x].remote_id for x in (40, 41)] == [10012, 29999]


def test_words_beyond_the_last_register() -> None:
    made = planned(
        "kind;name;gateway;address;model;register;words",
        "device;Pump;Roof;30;x_generic_modbus;FFFF;2",
    )
    assert problems(made) == [(2, "register", "register_too_high")]


def test_two_new_rows_can_be_each_others_rival() -> None:
    made = planned(
        "kind;name;gateway;address;model",
        "device;Pump;Roof;30;412048",
        "device;pump;Roof;30;412048",
    )
    assert problems(made) == [
        (2, "address", "address_duplicate"),
        (2, "name", "name_duplicate"),
        (3, "address", "address_duplicate"),
        (3, "name", "name_duplicate"),
    ]


def test_two_objects_may_exchange_their_addresses() -> None:
    second = Device(
        id=4, name="Oven", gateway_id=1, address=Address(unit=6), model="412045"
    )
    site = replace(SITE_, devices=by_id([*SITE_.devices.values(), second]))
    content = "kind;id;name;address\ndevice;1;Oven;6\ndevice;4;Main;5\n"
    made = plan(read(content), site, catalogue())
    assert problems(made) == []
    assert [made.installation.devices[x].address.unit for x in (1, 4)] == [6, 5]


def test_what_is_missing_stays_unless_it_is_asked_for() -> None:
    lines = ("kind;id", "device;1", "device;2")
    assert planned(*lines).removed == ()
    made = planned(*lines, remove_missing=True)
    assert [x.part for x in made.removed] == [REMOTE]
    assert made.installation.devices == by_id([METER, GAS])
    # Kinds of which the file says nothing are left alone.
    assert made.installation.groups == SITE_.groups


def test_nothing_speaks_of_what_is_removed() -> None:
    site = replace(
        SITE_, devices=by_id([replace(METER, load_id=10), replace(REMOTE, load_id=4)])
    )
    content = "loads: []\ngroups: []\n"
    made = plan(read(content), site, catalogue(), remove_missing=True)
    assert problems(made) == []
    assert {x.part for x in made.removed} == {KITCHEN, *SITE_.groups.values()}
    assert made.installation.devices[1].load_id is None
    assert made.installation.devices[3] == replace(REMOTE, load_id=4, group_ids=())
    assert len(made.installation.loads) == len(PredefinedLoad)


def test_a_gateway_that_is_still_needed_cannot_go() -> None:
    """S50, S56; it is in no row, so no row is to blame."""
    made = planned("kind;name;host", "gateway;New;10.0.0.3", remove_missing=True)
    assert problems(made) == [
        (None, "base", "gateway_local"),
        (None, "base", "gateway_in_use"),
    ]


def test_gateways_can_go_with_their_devices() -> None:
    made = planned("kind;id", "gateway;1", "device;1", "device;2", remove_missing=True)
    assert problems(made) == []
    assert [x.part for x in made.removed] == [ROOF, REMOTE]


BOX = """chargers:
  - name: Box
    entities: {state: sensor.box, current_limit: number.box, permission: switch.box}
    states: {Available: no_vehicle, Charging: charging}
"""


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("", None),
        ("    id: 39", None),
        ("    id: 1", ("id", "charging_number_taken")),
        ("    rated_a: 5", ("rated_a", "rated_below_minimum")),
        ("    minimum_a: 5", ("minimum_a", "out_of_range")),
        ("    rated_a: full", ("rated_a", "number_invalid")),
        ("    lag_s: 121", ("lag_s", "out_of_range")),
        ("    phases: [1, 2]", ("phases", "station_phases_wrong")),
        ("    phases: [one]", ("phases", "number_invalid")),
        ("    phases: []", ("phases", "import_value_missing")),
        ("    host: 10.0.0.1", ("host", "import_field_unsuited")),
        ("    stops_at_zero: perhaps", ("stops_at_zero", "import_flag_invalid")),
    ],
)
def test_a_charger_of_another_integration(
    change: str, expected: tuple[str, str] | None
) -> None:
    """Its row is held against the rules of its form."""
    made = planned(*BOX.splitlines(), *filter(None, [change]))
    assert [(x.field, x.key) for x in made.problems] == [*filter(None, [expected])]
    if expected is None:
        (added,) = (*made.added, *made.changed)
        assert added.part.name == "Box"
        assert added.part.id == (39 if change else 40)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Charging: charging", "Charging: quickly", ("states", "choice_unknown")),
        (", Charging: charging", "", ("states", "charger_word_missing")),
        (
            "permission: switch.box",
            "energy: sensor.e",
            ("entities", "charger_cannot_wait"),
        ),
        ("state: sensor.box, ", "", ("entities", "charger_role_needed")),
        ("permission:", "allowed:", ("entities", "choice_unknown")),
        ("name: Box", "name: Main", ("name", "name_duplicate")),
    ],
)
def test_what_is_wrong_with_a_charger(
    old: str, new: str, expected: tuple[str, str]
) -> None:
    made = planned(*BOX.replace(old, new).splitlines())
    assert expected in [(x.field, x.key) for x in made.problems]


def test_one_entity_tells_one_charger() -> None:
    again = BOX.replace("name: Box", "name: Other").partition("\n")[2]
    made = planned(*BOX.splitlines(), *again.splitlines())
    assert {(x.row, x.field, x.key) for x in made.problems} == {
        (2, "entities", "charger_entity_taken"),
        (5, "entities", "charger_entity_taken"),
    }


def test_a_device_and_a_charger_never_share_a_number() -> None:
    """Whichever of them is new, and wherever the file says it."""
    lines = BOX.splitlines()
    device = [
        "devices:",
        "  - {name: New, gateway: Roof, address: 90, model: '412048'}",
    ]
    made = planned(*lines, "    id: 40", *device)
    assert made.problems == ()
    assert {x.part.id for x in made.added} == {40, 41}
    taken = [device[0], device[1].replace("name: New", "id: 40, name: New")]
    made = planned(*lines, "    id: 40", *taken)
    assert [(x.field, x.key) for x in made.problems] == [
        ("id", "charging_number_taken")
    ]


def test_chargers_that_are_missing_go_when_asked() -> None:
    assert planned("chargers: []").removed == ()
    (gone,) = planned("chargers: []", remove_missing=True).removed
    assert (gone.kind, gone.part.id) == (ObjectKind.CHARGER, 39)
