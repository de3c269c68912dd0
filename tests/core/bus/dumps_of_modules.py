"""Breakers, modules and stations word by word (T7b, T8 to T11), worked out by hand."""

from .dump_case import Case, filled
from .world import u32

MODULES = [
    Case(
        name="T7b: contact and trip as bits",
        model="414929",
        discrete={0x4000: [0, 1, 0]},
        expected={"contact_state": "open", "fault_trip": "on"},
    ),
    Case(
        name="T7b: as one number where the bits are refused: tripped is open",
        model="414929",
        input={0x4000: [2]},
        expected={"contact_state": "open", "fault_trip": "on"},
    ),
    Case(
        name="T7b: inputs of the universal module",
        model="414930",
        discrete={0x4000: [1, 0, 1]},
        expected={"input_1": "on", "input_2": "off", "input_3": "on"},
    ),
    Case(
        name="T7b: control, its contact refused",
        model="414931",
        coil={0x4800: [1, 0]},
        expected={"output_1": "on", "contact_state": None},
    ),
    Case(
        name="T8: tripped goes before open, alarms beside it, no measurement",
        model="028800",
        holding={0x3000: [0b1001110, 4, *u32(812_500), 3, 41, 630]},
        expected={
            "breaker_state": "tripped",
            "trip_cause": "earth_fault",
            "trip_current": "812.5",
            "trip_count": "3",
            "operation_count": "41",
            "rated_current": "630",
            "prealarm": "on",
            "earth_fault_alarm": "on",
            "internal_fault": "off",
        },
    ),
    Case(
        name="T8: a word that says nothing",
        model="028800",
        holding={0x3000: [0, 77, *u32(0), 0, 0, 630]},
        expected={"breaker_state": "unknown", "trip_cause": "unknown"},
    ),
    Case(
        name="T9: eight inputs, two numbers below and above zero, six outputs",
        model="026136",
        discrete={0x0000: [1, 0, 0, 0, 0, 0, 0, 1]},
        input={0x0000: [0x8000, 0x7FFF]},
        coil={0x0000: [0, 0, 0, 0, 0, 1]},
        holding=filled(0x0100, 24, at_0104=[1, 1, 30]),
        parameters={"analogue_input_2_factor": "0.001", "analogue_input_2_offset": "1"},
        expected={
            "input_1": "on",
            "input_2": "off",
            "input_8": "on",
            "analogue_input_1": "-32768",
            "analogue_input_2": "33.767",
            "output_1": "off",
            "output_6": "on",
            "output_2_normal_state": "normally_closed",
            "output_2_mode": "pulse",
            "output_2_on_time": "30",
            "output_1_mode": "direct",
        },
    ),
    Case(
        name="T10.2: a three-phase station of the new range",
        model="058049",
        holding={0x0003: [32, 3], 0x0010: [2, 2, 1, 0, 10]}
        | filled(
            0x0020,
            23,
            at_0020=[*u32(16_000), *u32(15_900), *u32(16_100)],
            at_0026=[*u32(230_000), *u32(231_000), *u32(229_000)],
            at_002C=u32(11_040),
            at_0030=[*u32(7_400), *u32(3_200), *u32(3_601), 0xFFF1],
        )
        | {0x0040: [16, 1, 1, 0]},
        expected={
            "station_state": "busy",
            "charge_state": "charging",
            "plug_in_use": "ev",
            "station_error": "none",
            "charge_error": "ev_plug_overload",
            "current_l2": "15.9",
            "voltage_l3": "229",
            "session_energy": "7400",
            "session_charge": "32",
            "session_duration": "3601",
            "station_temperature": "-1.5",
            "current_limit": "16",
            "session_state": "start",
            "ev_plug": "on",
            "domestic_plug": "off",
            "rated_current": "32",
        },
    ),
    Case(
        name="T10.2: the second side of an old station stands 0x0100 further on",
        model="059032",
        side=2,
        holding={0x0010: [1, 0, 0, 0, 0], 0x0110: [4, 5, 0, 7, 14]},
        expected={
            "station_state": "fault",
            "charge_state": "fault",
            "station_error": "ev_contactor_open",
            "charge_error": "unknown",  # 14 is no code of T10.1
        },
    ),
    Case(
        name="T11: all loads of another server, two words in Wh",
        model="x_wsmeasure_all",
        holding={29_999: u32(123_456_789)},
        expected={"active_energy_import": "123456789"},
    ),
]
