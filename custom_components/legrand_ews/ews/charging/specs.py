"""From devices and chargers of a site to what the load management knows of stations."""

from typing import Final

from ..catalogue import Catalogue, Model
from ..model import Charger, Device, Installation
from ..model.device import PHASES
from .config import LOWEST_GREENUP_A, ChargingConfig, StationSpec
from .settings import ChargingSettings, StationPlace, config_of

USUAL_RATED_A: Final = 16
"""Taken for a station that nobody knows more of: a lower limit is the safe error."""
_STATE: Final = "charge_state"


def is_station(model: Model) -> bool:
    """Whether a model is a charging station of ours."""
    return _STATE in model.quantities


def spec_of_device(
    device: Device, model: Model, place: StationPlace, told_a: int | None = None
) -> StationSpec:
    """Return what the load management must know of a station of ours.

    Its rated current is the lowest that the user, its catalogue number and it state.
    """
    stated = (place.rated_a, model.rated_current_a, told_a)
    is_single = model.phases == 1
    return StationSpec(
        id=device.id,
        rated_a=min((x for x in stated if x), default=USUAL_RATED_A),
        minimum_a=LOWEST_GREENUP_A,
        phases=(device.phase or PHASES[0],) if is_single else PHASES,
        circuit_id=place.circuit_id,
        lag_s=place.lag_s,
        is_greenup=True,
        is_priority=device.is_priority,
    )


def spec_of_charger(charger: Charger) -> StationSpec:
    """Return what the load management must know of a charger."""
    return StationSpec(
        id=charger.id,
        rated_a=charger.rated_a,
        minimum_a=charger.minimum_a,
        phases=charger.phases,
        circuit_id=charger.circuit_id,
        lag_s=charger.lag_s,
        is_priority=charger.is_priority,
    )


def config_in(
    site: Installation, catalogue: Catalogue, settings: ChargingSettings
) -> ChargingConfig | None:
    """Return the configuration of a site as it would be with some settings."""
    return config_of(settings, specs_in(site, catalogue, settings).values())


def specs_in(
    site: Installation, catalogue: Catalogue, settings: ChargingSettings
) -> dict[int, StationSpec]:
    """Return all stations of a site that are in service, by number."""
    own = {
        device.id: spec_of_device(
            device, model, settings.places.get(device.id, StationPlace())
        )
        for device in site.devices.values()
        if (model := _model_of(catalogue, device)) is not None
        and is_station(model)
        and device.is_enabled
    }
    others = {
        charger.id: spec_of_charger(charger)
        for charger in site.chargers.values()
        if charger.is_enabled
    }
    return own | others


def _model_of(catalogue: Catalogue, device: Device) -> Model | None:
    if device.model is None or device.model not in catalogue.models:
        return None
    return catalogue.model_of(device.model, device.parameters)
