"""A charger of another integration: template entities with a small car behind them.

It stands for whatever charger Home Assistant knows: a state in words, a measured
current, a number for the limit, a switch for the permission, a counter of energy. The
car follows its limit within some seconds and is full after a while.
"""

from collections.abc import Mapping
from typing import Final

NAME: Final = "Director's wallbox"
PHASE: Final = 2
RATED_A: Final = 16
CAR: Final = "input_boolean.wallbox_car"
CURRENT: Final = "sensor.wallbox_current"
ENTITIES: Final[Mapping[str, str]] = {
    "state": "sensor.wallbox_state",
    "current_1": CURRENT,
    "current_limit": "number.wallbox_current_limit",
    "permission": "switch.wallbox_charging",
    "energy": "sensor.wallbox_energy",
}
"""Its entities by what they are to a charger."""

WORDS: Final = ("no_vehicle", "connected", "charging")
"""What its state can be: by chance the words of the load management itself."""

CONFIGURATION: Final = """\
input_boolean:
  wallbox_car:
    name: A car is plugged in at the wallbox
    icon: mdi:car-electric
  wallbox_permitted:
    name: The wallbox may charge
    initial: true
input_number:
  wallbox_limit:
    name: Limit set at the wallbox
    min: 6
    max: 16
    step: 1
    initial: 16
    unit_of_measurement: A
template:
  - switch:
      - name: Wallbox charging
        unique_id: demo_wallbox_charging
        state: "{{ is_state('input_boolean.wallbox_permitted', 'on') }}"
        turn_on:
          - action: input_boolean.turn_on
            target: {entity_id: input_boolean.wallbox_permitted}
        turn_off:
          - action: input_boolean.turn_off
            target: {entity_id: input_boolean.wallbox_permitted}
    number:
      - name: Wallbox current limit
        unique_id: demo_wallbox_current_limit
        state: "{{ states('input_number.wallbox_limit') | float(16) }}"
        min: 6
        max: 16
        step: 1
        unit_of_measurement: A
        set_value:
          - action: input_number.set_value
            target: {entity_id: input_number.wallbox_limit}
            data: {value: "{{ value }}"}
  - triggers:
      - {trigger: time_pattern, seconds: "/4"}
      - {trigger: state, entity_id: input_boolean.wallbox_car}
      - {trigger: homeassistant, event: start}
    sensor:
      - name: Wallbox state
        unique_id: demo_wallbox_state
        state: >-
          {% if is_state('input_boolean.wallbox_car', 'off') %}no_vehicle
          {% elif is_state('input_boolean.wallbox_permitted', 'on') %}charging
          {% else %}connected{% endif %}
      - name: Wallbox current
        unique_id: demo_wallbox_current
        unit_of_measurement: A
        device_class: current
        state_class: measurement
        # The car goes half of the way to its limit every four seconds.
        state: >-
          {% set wanted = (states('input_number.wallbox_limit') | float(16)) - 0.2
             if is_state('input_boolean.wallbox_car', 'on')
             and is_state('input_boolean.wallbox_permitted', 'on') else 0 %}
          {% set before = this.state | float(0) %}
          {% set now_at = before + (wanted - before) * 0.5 %}
          {{ wanted if (wanted - now_at) | abs < 0.3 else now_at | round(1) }}
      - name: Wallbox energy
        unique_id: demo_wallbox_energy
        unit_of_measurement: kWh
        device_class: energy
        state_class: total_increasing
        state: >-
          {{ ((this.state | float(0))
              + states('sensor.wallbox_current') | float(0) * 230 * 4 / 3.6e6)
             | round(6) }}
"""
"""What stands in the configuration file for it."""
