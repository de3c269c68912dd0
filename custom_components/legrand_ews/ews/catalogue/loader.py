"""Loading the catalogue from its data files and the user's own."""

from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from .checks import check_map
from .families import Family, Model, ParameterSpec
from .library import Catalogue
from .map_file import read_map
from .model_file import read_families, read_models, read_parameters
from .node import Node
from .registers import RegisterMap
from .yaml_file import read_yaml

_DATA: Final = Path(__file__).parent
FAMILIES_FILE: Final = "families.yaml"
MODELS_FILE: Final = "models.yaml"


def load_catalogue(override_folder: Path | None = None) -> Catalogue:
    """Load the built-in catalogue and the user's files over it (D9). Blocking.

    In ``override_folder`` (which need not exist) ``families.yaml`` and
    ``models.yaml`` have the form of the built-in ones, every other ``*.yaml``
    is a register map; what they name replaces the built-in entry of that key
    or is added. The built-in one alone is read once. Raises CatalogueError with
    file, line and field.
    """
    if override_folder is None or not override_folder.is_dir():
        return _built_in()
    others = {FAMILIES_FILE, MODELS_FILE}
    files = sorted(override_folder.glob("*.yaml"))
    return _load(
        [_DATA, override_folder], [path for path in files if path.name not in others]
    )


@cache
def _built_in() -> Catalogue:
    return _load([_DATA], [])


def _load(folders: list[Path], further_maps: list[Path]) -> Catalogue:
    maps = _read_maps([*sorted((_DATA / "maps").glob("*.yaml")), *further_maps])
    families: dict[str, Family] = {}
    parameters: dict[str, ParameterSpec] = {}
    models: dict[str, Model] = {}
    for folder in folders:
        if (path := folder / FAMILIES_FILE).is_file():
            families |= read_families(_root(path))
    for folder in folders:
        if (path := folder / MODELS_FILE).is_file():
            root = _root(path)
            parameters |= read_parameters(root)
            read = read_models(root, families, maps, parameters)
            models |= {model.key: model for model in read}
    return Catalogue(
        families=MappingProxyType(families),
        models=MappingProxyType(models),
        maps=MappingProxyType(maps),
    )


def _root(path: Path) -> Node:
    return Node(read_yaml(path), path)


def _read_maps(paths: list[Path]) -> dict[str, RegisterMap]:
    """Read the maps; a later file replaces an earlier one of the same key."""
    maps: dict[str, RegisterMap] = {}
    roots: dict[str, Node] = {}
    for path in paths:
        root = _root(path)
        register_map = read_map(root)
        check_map(register_map, root)
        maps[register_map.key] = register_map
        roots[register_map.key] = root
    for key, root in roots.items():
        for field, names in (
            ("alternatives", maps[key].alternatives),
            ("hinted_beside", maps[key].hinted_beside),
        ):
            for name in names:
                if name not in maps:
                    raise root[field].error("catalogue_reference", value=name)
    return maps
