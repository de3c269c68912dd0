"""The only place that reads YAML: content first, line numbers on demand."""

from pathlib import Path

import yaml

from ..errors import CatalogueError

type Step = str | int

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # PyYAML without libyaml: slower, same result
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]


def read_yaml(path: Path) -> object:
    """Return the content of a UTF-8 YAML file.

    Raises CatalogueError ``catalogue_syntax`` with file and line.
    """
    try:
        return yaml.load(path.read_bytes(), Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = 1 if mark is None else mark.line + 1
        raise CatalogueError("catalogue_syntax", file=path.name, line=line) from error
    except (yaml.YAMLError, OSError) as error:
        raise CatalogueError("catalogue_syntax", file=path.name, line=1) from error


def line_of(path: Path, steps: tuple[Step, ...]) -> int:
    """Return the line (from 1) of the value at ``steps``, or of what is there.

    The file is parsed a second time, which only an error message needs.
    """
    node = yaml.compose(path.read_bytes(), Loader=_Loader)
    line = 1 if node is None else node.start_mark.line + 1
    for step in steps:
        found = _child(node, step)
        if found is None:
            break
        line, node = found
    return line


def _child(node: yaml.Node | None, step: Step) -> tuple[int, yaml.Node] | None:
    """Return the line of an entry (of its key, in a mapping) and its value."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return key.start_mark.line + 1, value
    elif isinstance(node, yaml.SequenceNode) and step in range(len(node.value)):
        value = node.value[int(step)]
        return value.start_mark.line + 1, value
    return None
