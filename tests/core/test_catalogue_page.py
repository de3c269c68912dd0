"""The page of devices says what the data say."""

from pathlib import Path
import re

from custom_components.legrand_ews.ews.catalogue import load_catalogue

ROOT = Path(__file__).parents[2]


def test_the_example_of_the_guide_works(tmp_path: Path) -> None:
    guide = (ROOT / "docs" / "register-maps.md").read_text(encoding="utf-8")
    register_map, models = re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL)
    (tmp_path / "my_meter.yaml").write_text(register_map, encoding="utf-8")
    (tmp_path / "models.yaml").write_text(models, encoding="utf-8")
    catalogue = load_catalogue(tmp_path)
    model = catalogue.models["my_meter"]
    assert model.quantities == (
        *("active_energy_import", "active_energy_export", "active_power"),
        *("voltage_l1", "voltage_l2", "voltage_l3"),
        *("output_1", "breaker_state", "trip_cause"),
    )
    assert [block.key for block in catalogue.blocks_of(model)] == [
        *("settings", "measurements", "states", "breaker"),
    ]
    assert [c.key for c in catalogue.commands_of(model, is_confirmed=False)] == [
        *("output_1", "current_limit"),
    ]
    assert [(h.key, h.end) for h in catalogue.harmonics_of(model)] == [
        ("current", 0x3000 + 3 * 31),
    ]
