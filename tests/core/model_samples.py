"""A small site to check rules against: two buses, a few devices of each kind."""

from decimal import Decimal
from zoneinfo import ZoneInfo

from custom_components.legrand_ews.ews.model import (
    Address,
    Device,
    Gateway,
    Installation,
    MeasureGroup,
    PanelBoard,
    PredefinedLoad,
    PulseInput,
    SerialLink,
    TcpLink,
    by_id,
)
from custom_components.legrand_ews.ews.model.defaults import predefined_load

LOCAL = Gateway(id=1, name="Local", link=SerialLink(port="/dev/ttyUSB0"))
ROOF = Gateway(id=2, name="Roof", link=TcpLink(host="192.168.1.101"), board_id=1)
METER = Device(id=1, name="Main", gateway_id=1, address=Address(unit=5), model="412045")
GAS = Device(
    id=2,
    name="Gas boiler",
    gateway_id=1,
    address=Address(unit=9, position=2),
    model="x_pulse_gas",
    pulse_input=PulseInput(concentrator="004687", weight=Decimal(10)),
)
REMOTE = Device(
    id=3,
    name="Lift",
    gateway_id=2,
    address=Address(unit=2, position=1, is_remote=True),
    model="414920",
    group_ids=(1,),
)
SITE = Installation(
    name="Town hall",
    zone=ZoneInfo("Europe/Paris"),
    gateways=by_id([LOCAL, ROOF]),
    devices=by_id([METER, GAS, REMOTE]),
    loads=by_id([predefined_load(key) for key in PredefinedLoad]),
    groups=by_id([MeasureGroup(id=1, name="First floor")]),
    boards=by_id([PanelBoard(id=1, name="Cellar", description="Under the stairs")]),
)
