"""Random installations that satisfy every rule, with names that spreadsheets dislike."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from custom_components.legrand_ews.ews.catalogue import (
    Catalogue,
    Model,
    ParameterKind,
    ParameterSpec,
    load_catalogue,
)
from custom_components.legrand_ews.ews.catalogue.places import (
    counted_fluid,
    measures_quality,
)
from custom_components.legrand_ews.ews.charging import Charge
from custom_components.legrand_ews.ews.model import (
    Address,
    Charger,
    ChargerRole,
    Device,
    Gateway,
    Installation,
    Load,
    MeasureGroup,
    PanelBoard,
    Parity,
    PredefinedLoad,
    PulseInput,
    SerialLink,
    Supply,
    TcpLink,
    by_id,
)
from custom_components.legrand_ews.ews.model.defaults import predefined_load
from custom_components.legrand_ews.ews.model.gateway import BAUD_RATES, GatewayKind
from custom_components.legrand_ews.ews.model.grouping import PREDEFINED_LOAD_IDS
from custom_components.legrand_ews.ews.model.remote import REMOTE_ID, SLAVE_UNIT
from custom_components.legrand_ews.ews.model.rules import clean_name, name_key

PARIS = ZoneInfo("Europe/Paris")
DISLIKED = (
    "-",
    "2-1",
    "012",
    "1E5",
    "=SUM(A1)",
    "+33 1",
    "@home",
    "'quoted'",
    "#3",
    "3",
    "a|b",
    "a\\b",
    "1/2",
    "3 March",
    "Semi;colon, comma",
    'He said "no"',
    "two\nlines",
    "true",
    "null",
    "~",
    "kind",
    "Élévateur nº 2",
    "NaN",
    "[]",
    "a: b",
    "yes",
)
NAMES = st.one_of(st.sampled_from(DISLIKED), st.text(min_size=1, max_size=12)).map(
    clean_name
)
TEXTS = st.one_of(st.just(""), NAMES).map(str.strip)
COLORS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


@cache
def catalogue() -> Catalogue:
    return load_catalogue()


def empty_site(name: str = "Mill") -> Installation:
    """Return a site as it is on its first day: predefined loads and nothing else."""
    loads = by_id([predefined_load(key) for key in PredefinedLoad])
    return Installation(name=name, zone=PARIS, loads=loads)


@st.composite
def names(draw: st.DrawFn, count: int, taken: tuple[str, ...] = ()) -> list[str]:
    """Draw names of which no two are the same to the rules."""
    known = {name_key(name) for name in taken}
    one = NAMES.filter(bool).filter(lambda name: name_key(name) not in known)
    return draw(st.lists(one, min_size=count, max_size=count, unique_by=name_key))


@st.composite
def numbers(draw: st.DrawFn, count: int, first: int = 1) -> list[int]:
    one = st.integers(first, first + 60)
    return draw(st.lists(one, min_size=count, max_size=count, unique=True))


@st.composite
def installations(draw: st.DrawFn) -> Installation:
    boards = [
        PanelBoard(
            id=n, name=name, description=draw(TEXTS), is_enabled=draw(st.booleans())
        )
        for n, name in draw(numbered(3))
    ]
    groups = [
        MeasureGroup(
            id=n, name=name, description=draw(TEXTS), is_enabled=draw(st.booleans())
        )
        for n, name in draw(numbered(3))
    ]
    fixed = [
        predefined_load(key, color=draw(COLORS), is_enabled=draw(st.booleans()))
        for key in PredefinedLoad
    ]
    taken = tuple(load.name for load in fixed)
    own = [
        Load(id=n, name=name, color=draw(COLORS), is_enabled=draw(st.booleans()))
        for n, name in draw(numbered(3, first=10, taken=taken))
    ]
    gateways = [
        Gateway(
            id=n,
            name=name,
            link=draw(links(n)),
            description=draw(TEXTS),
            timeout_ms=draw(st.integers(50, 10_000)),
            board_id=draw(one_of_or_none([x.id for x in boards])),
            is_enabled=draw(st.booleans()),
        )
        for n, name in draw(numbered(3))
    ]
    site = Installation(
        name="Mill",
        zone=PARIS,
        gateways=by_id(gateways),
        loads=by_id([*fixed, *own]),
        groups=by_id(groups),
        boards=by_id(boards),
    )
    if gateways:
        site = replace(site, devices=by_id(draw(devices(site))))
        site = replace(site, devices=by_id(draw(with_main_meters(site))))
        site = replace(site, gateways=by_id(draw(with_quality_devices(site))))
    if draw(st.booleans()):
        site = with_annex(site)
    return replace(site, chargers=by_id(draw(chargers(site))))


@st.composite
def chargers(draw: st.DrawFn, site: Installation) -> list[Charger]:
    """Chargers whose numbers and names no device has; words are as odd as names."""
    taken = tuple(device.name for device in site.devices.values())
    count = draw(st.integers(0, 2))
    first = max(site.devices, default=0) + 1
    return [
        draw(charger(number, name))
        for number, name in zip(
            draw(numbers(count, first)), draw(names(count, taken)), strict=True
        )
    ]


@st.composite
def charger(draw: st.DrawFn, number: int, name: str) -> Charger:
    words = draw(
        st.lists(NAMES.filter(bool), min_size=3, max_size=5, unique_by=lambda x: x)
    )
    known = [Charge.NO_VEHICLE, Charge.CHARGING]
    others = [draw(st.sampled_from(Charge)) for _ in words[2:]]
    minimum = draw(st.integers(6, 16))
    one, other = draw(st.lists(NAMES.filter(bool), min_size=2, max_size=2, unique=True))
    return Charger(
        id=number,
        name=name,
        phases=draw(st.sampled_from([(1, 2, 3), (3, 1, 2), (2,)])),
        rated_a=draw(st.integers(minimum, 80)),
        minimum_a=minimum,
        lag_s=draw(st.integers(0, 120)),
        report_s=draw(st.integers(0, 3600)),
        preset=draw(st.sampled_from([None, "ocpp", "other"])),
        entities=MappingProxyType(
            {
                ChargerRole.STATE: f"sensor.box_{number}",
                ChargerRole.CURRENT_LIMIT: f"number.box_{number}",
                ChargerRole.PERMISSION: f"select.box_{number}",
            }
        ),
        states=MappingProxyType(
            {x: y.value for x, y in zip(words, [*known, *others], strict=True)}
        ),
        start_option=one,
        stop_option=draw(st.sampled_from(["", other])),
        stops_at_zero=draw(st.booleans()),
        is_priority=draw(st.booleans()),
        is_enabled=draw(st.booleans()),
    )


@st.composite
def with_main_meters(draw: st.DrawFn, site: Installation) -> list[Device]:
    """Let some devices be behind one of the same fluid that was there before (S81)."""
    fluid_of = counted_fluid(catalogue())
    return [
        replace(
            device,
            upstream_device_id=draw(
                one_of_or_none(
                    [
                        x.id
                        for x in site.devices.values()
                        if x.id < device.id and fluid_of(x) is fluid_of(device)
                    ]
                )
            ),
        )
        for device in site.devices.values()
    ]


@st.composite
def with_quality_devices(draw: st.DrawFn, site: Installation) -> list[Gateway]:
    """Let some gateways have a power-quality device behind them (S87)."""
    has_quality = measures_quality(catalogue())
    return [
        replace(
            gateway,
            eq_device_id=draw(
                one_of_or_none(
                    [x.id for x in site.devices_behind(gateway.id) if has_quality(x)]
                )
            ),
        )
        for gateway in site.gateways.values()
    ]


def with_annex(site: Installation) -> Installation:
    """Add another server and what is read of it (S129-S134); names as long are never drawn."""
    gateway = Gateway(
        id=max(site.gateways, default=0) + 1,
        name="Another server",
        link=TcpLink(host="10.0.1.1"),
        kind=GatewayKind.EWS_SLAVE,
    )
    first = max(site.devices, default=0) + 1
    described = {"function": "3", "words": "2", "factor": "1"}
    more = [
        Device(
            id=first + n,
            name=f"Far away {number}",
            gateway_id=gateway.id,
            address=Address(unit=SLAVE_UNIT),
            model=model,
            parameters=MappingProxyType({**described, REMOTE_ID: number}),
        )
        for n, (model, number) in enumerate(
            {
                "x_wsmeasure_device": "10012",
                "x_wsmeasure_group": "30002",
                "x_wsmeasure_all": "29999",
            }.items()
        )
    ]
    return replace(
        site,
        gateways=by_id([*site.gateways.values(), gateway]),
        devices=by_id([*site.devices.values(), *more]),
    )


@st.composite
def numbered(
    draw: st.DrawFn, most: int, first: int = 1, taken: tuple[str, ...] = ()
) -> list[tuple[int, str]]:
    count = draw(st.integers(0, most))
    return list(
        zip(draw(numbers(count, first)), draw(names(count, taken)), strict=True)
    )


def one_of_or_none(choices: list[int]) -> st.SearchStrategy[int | None]:
    return st.one_of(st.none(), st.sampled_from(choices)) if choices else st.none()


@st.composite
def links(draw: st.DrawFn, number: int) -> TcpLink | SerialLink:
    if draw(st.booleans()):
        return TcpLink(
            host=f"10.0.0.{number}",
            port=draw(st.integers(1, 65535)),
            is_rtu=draw(st.booleans()),
        )
    return SerialLink(
        port=f"/dev/ttyUSB{number}",
        baud_rate=draw(st.sampled_from(BAUD_RATES)),
        parity=draw(st.sampled_from(Parity)),
        stop_bits=draw(st.integers(1, 2)),
    )


@st.composite
def devices(draw: st.DrawFn, site: Installation) -> list[Device]:
    units = draw(st.lists(st.integers(1, 246), max_size=6, unique=True))
    numbers_ = draw(numbers(len(units)))
    names_ = draw(names(len(units)))
    return [
        draw(device(site, number, name, unit))
        for number, name, unit in zip(numbers_, names_, units, strict=True)
    ]


@st.composite
def device(
    draw: st.DrawFn, site: Installation, number: int, name: str, unit: int
) -> Device:
    models = [x for x in catalogue().models.values() if is_on_a_bus(x)]
    model = draw(st.one_of(st.none(), st.sampled_from(models)))
    pulse_input = None
    address = Address(unit=unit)
    if model is not None and model.is_pulse:
        concentrator = draw(st.sampled_from(catalogue().concentrators()))
        address = Address(
            unit=unit, position=draw(st.integers(1, concentrator.positions))
        )
        pulse_input = PulseInput(
            concentrator=concentrator.key,
            weight=draw(DECIMALS),
            start=draw(st.one_of(st.just(Decimal(0)), DECIMALS)),
        )
    elif model is not None and model.asks_side:
        address = Address(unit=unit, position=draw(st.integers(1, 2)))
    elif draw(st.booleans()):
        address = Address(unit=unit, position=draw(st.integers(1, 9)), is_remote=True)
    load_id = draw(one_of_or_none([x for x in site.loads if x not in {8, 9}]))
    if model is not None and model.fixed_load is not None:
        load_id = PREDEFINED_LOAD_IDS[model.fixed_load]
    groups = draw(st.permutations(list(site.groups)))
    channels = () if model is None else model.quantities[:2]
    return Device(
        id=number,
        name=name,
        gateway_id=draw(st.sampled_from(list(site.gateways))),
        address=address,
        model=None if model is None else model.key,
        load_id=load_id,
        group_ids=tuple(groups[: draw(st.integers(0, len(groups)))]),
        supply=draw(st.sampled_from(Supply))
        if model is not None and model.asks_supply
        else Supply.UPSTREAM,
        pulse_input=pulse_input,
        parameters=draw(parameters(model)),
        phase=draw(st.integers(1, 3))
        if model is not None and model.asks_phase
        else None,
        channel_names=MappingProxyType(
            {key: draw(NAMES.filter(bool)) for key in channels if draw(st.booleans())}
        ),
        is_map_confirmed=draw(st.booleans()),
        is_excluded_from_totals=draw(st.booleans()),
        exclude_alerts=draw(st.booleans()),
        is_priority=draw(st.booleans()),
        is_enabled=draw(st.booleans()),
    )


DECIMALS = st.decimals("0.001", "99999", places=3)


def is_on_a_bus(model: Model) -> bool:
    """Whether a model is a device of its own and not another server's counter."""
    names_ = {spec.name for spec in model.parameters} | model.fixed_parameters.keys()
    return model.is_metering_point and REMOTE_ID not in names_


@st.composite
def parameters(draw: st.DrawFn, model: Model | None) -> Mapping[str, str]:
    if model is None:
        return MappingProxyType({})
    return MappingProxyType(
        {
            spec.name: draw(parameter(spec))
            for spec in model.parameters
            if spec.is_required or draw(st.booleans())
        }
    )


def parameter(spec: ParameterSpec) -> st.SearchStrategy[str]:
    low = Decimal(0) if spec.minimum is None else spec.minimum
    high = Decimal(9999) if spec.maximum is None else spec.maximum
    match spec.kind:
        case ParameterKind.CHOICE:
            return st.sampled_from(spec.choices)
        case ParameterKind.HEX:
            # The last registers leave no room for a value of four words.
            return st.integers(int(low), int(high) - 3).map("{:04X}".format)
        case ParameterKind.NUMBER:
            return st.integers(int(low), int(high)).map(str)
        case ParameterKind.DECIMAL:
            return st.decimals(low, min(high, Decimal(9999)), places=6).map(
                "{:f}".format
            )
        case ParameterKind.TEXT:
            return st.sampled_from(["°C", "m³/h", "%", "1E5", "=A1", "-", "no", "12"])
