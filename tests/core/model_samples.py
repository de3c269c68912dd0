"""A small site to check rules against: two buses, a slave server, a device of each kind."""

from decimal import Decimal
from zoneinfo import ZoneInfo

from custom_components.legrand_ews.ews.model import (
    Address,
    Device,
    Gateway,
    GatewayKind,
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
ANNEX = Gateway(
    id=3,
    name="Annex",
    link=TcpLink(host="192.168.1.103"),
    kind=GatewayKind.EWS_SLAVE,
)
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
LEFT = Device(
    id=4,
    name="Bay left",
    gateway_id=2,
    address=Address(unit=7, position=1),
    model="059032",
    phase=2,
)
ANNEX_LIFT = Device(
    id=5,
    name="Annex lift",
    gateway_id=3,
    address=Address(unit=247),
    model="x_wsmeasure_device",
    parameters={"remote_id": "10012"},
)
SITE = Installation(
    name="Town hall",
    zone=ZoneInfo("Europe/Paris"),
    gateways=by_id([LOCAL, ROOF, ANNEX]),
    devices=by_id([METER, GAS, REMOTE, LEFT, ANNEX_LIFT]),
    loads=by_id([predefined_load(key) for key in PredefinedLoad]),
    groups=by_id([MeasureGroup(id=1, name="First floor")]),
    boards=by_id([PanelBoard(id=1, name="Cellar", description="Under the stairs")]),
)
