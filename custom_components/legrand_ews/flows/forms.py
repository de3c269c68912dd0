"""What the forms share: selectors, values as the user gave them, errors at fields."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from homeassistant.helpers.selector import (
    BooleanSelector,
    NumberSelector,
    NumberSelectorConfig,
    NumberSelectorMode,
    SelectOptionDict,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
    TextSelector,
    TextSelectorConfig,
)

from ..ews.errors import ConfigurationError
from ..ews.model.problems import Problem

type Input = dict[str, Any] | None
"""What Home Assistant hands to a step; None when its form is yet to be shown."""
type UserInput = Mapping[str, Any]
"""What a form sends; its schema has checked the kinds of values."""

SAVE_WITHOUT_TEST: Final = "save_without_test"

TEXT: Final = TextSelector()
FIXED_TEXT: Final = TextSelector(TextSelectorConfig(read_only=True))
"""Shows a value that the user cannot change."""
SWITCH: Final = BooleanSelector()


@dataclass(slots=True)
class FormErrors:
    """Sentences at the fields of a form, the first problem of each field.

    The dictionaries are what ``async_show_form`` takes.
    """

    errors: dict[str, str] = field(default_factory=dict)
    placeholders: dict[str, str] = field(default_factory=dict)

    def add(self, at: str, key: str, placeholders: Mapping[str, str]) -> None:
        """Put a sentence at a field unless one is there.

        A form has one set of values for all its sentences: one that needs others is
        told when the form is sent again.
        """
        told = self.placeholders
        is_other = any(
            told.get(name, value).casefold() != value.casefold()
            for name, value in placeholders.items()
        )
        if at not in self.errors and not is_other:
            self.errors[at] = key
            self.placeholders.update(placeholders)

    def add_problems(
        self, problems: Iterable[Problem], renamed: Mapping[str, str] | None = None
    ) -> None:
        """Put problems at their fields; ``renamed`` maps a rule's field to a form's."""
        for problem in problems:
            at = (renamed or {}).get(problem.field, problem.field)
            self.add(at, problem.key, problem.placeholders)

    def add_error(self, error: ConfigurationError) -> None:
        """Put an error of the core at its field."""
        self.add(error.field, error.key, error.placeholders)

    def __bool__(self) -> bool:
        """Whether anything is wrong."""
        return bool(self.errors)


def number(unit: str | None = None) -> NumberSelector:
    """Return a box for a number; limits are checked by the rules, in words."""
    config = NumberSelectorConfig(mode=NumberSelectorMode.BOX, step="any")
    if unit is not None:
        config["unit_of_measurement"] = unit
    return NumberSelector(config)


def choice(
    options: Sequence[str], translation_key: str, *, multiple: bool = False
) -> SelectSelector:
    """Return a list of fixed choices, named by the translation files."""
    return SelectSelector(
        SelectSelectorConfig(
            options=options,
            translation_key=translation_key,
            mode=SelectSelectorMode.DROPDOWN,
            multiple=multiple,
        )
    )


def pick(
    labels: Mapping[str, str],
    *,
    multiple: bool = False,
    is_open: bool = False,
    translation_key: str | None = None,
) -> SelectSelector:
    """Return a list of things that have names of their own.

    With ``is_open`` all are in view: for a few with long names, which a closed list
    would cut off on a phone. With ``translation_key`` the translation files have the
    same names, and each user reads his own language.
    """
    mode = SelectSelectorMode.LIST if is_open else SelectSelectorMode.DROPDOWN
    config = SelectSelectorConfig(
        options=_options(labels), mode=mode, multiple=multiple
    )
    if translation_key is not None:
        config["translation_key"] = translation_key
    return SelectSelector(config)


def _options(labels: Mapping[str, str]) -> list[SelectOptionDict]:
    return [SelectOptionDict(value=v, label=x) for v, x in labels.items()]


def whole(user_input: UserInput, at: str, default: int) -> int:
    """Return a whole number; raises ConfigurationError ``number_invalid`` at the field."""
    value = user_input.get(at, default)
    if value != int(value):
        raise ConfigurationError("number_invalid", field=at, value=value)
    return int(value)


def number_or_none(user_input: UserInput, at: str) -> int | None:
    """Return the permanent number of a picked object, None where none was picked."""
    value = user_input.get(at)
    return int(value) if value else None


def search(labels: Mapping[str, str]) -> SelectSelector:
    """Return a list to search by typing; what is typed may be none of it.

    Such a list shows the value that is chosen, so the values are for reading.
    """
    return SelectSelector(
        SelectSelectorConfig(
            options=_options(labels),
            mode=SelectSelectorMode.DROPDOWN,
            custom_value=True,
        )
    )


def without_gone(values: UserInput, at: str, offered: Container[str]) -> dict[str, Any]:
    """Return the values of a form without a picked object that is no longer there."""
    kept = dict(values)
    picked = kept.pop(at, None)
    if isinstance(picked, list):
        kept[at] = [value for value in picked if value in offered]
    elif picked in offered:
        kept[at] = picked
    return kept


def color_of_rgb(rgb: Sequence[int]) -> str:
    """Return a picked colour as ``#rrggbb``."""
    return "#{:02x}{:02x}{:02x}".format(*rgb)


def rgb_of_color(color: str) -> list[int]:
    """Return ``#rrggbb`` as the colour picker wants it."""
    return list(bytes.fromhex(color.removeprefix("#")))
