/** The cards' editors: schemas that Home Assistant draws. */

import { GROUPINGS } from "../board/grouping";
import { PAGES } from "../charging/pages";
import type { ConfigForm, FormField } from "../hass/types";
import { type Localize, localizeAny, localizer } from "../localize";

/** Editors get no `hass`; the page itself says its language. */
function pageLocalizer(): Localize {
  return localizer(document.documentElement.lang || navigator.language);
}

const SITE: FormField = {
  name: "config_entry_id",
  selector: { config_entry: { integration: "legrand_ews" } },
};

function form(localize: Localize, fields: FormField[]): ConfigForm {
  return {
    schema: [SITE, ...fields],
    computeLabel: ({ name }) => localizeAny(localize, `editor.${name}`, name),
  };
}

/** A choice whose options are named by sentences of one group. */
function choice(
  localize: Localize,
  name: string,
  group: string,
  values: readonly string[],
): FormField {
  const options = values.map((value) => ({
    value,
    label: localizeAny(localize, `${group}.${value}`, value),
  }));
  return { name, selector: { select: { mode: "dropdown", options } } };
}

const LEVELS = ["site", "load", "group", "board", "device"];
const FLUIDS = ["electricity", "electricity_export", "gas", "water"];
const TITLE: FormField = { name: "title", selector: { text: {} } };
const COMPARES = ["previous", "last_year", "none"];

const compareField = (localize: Localize) =>
  choice(localize, "compare", "editor.compares", COMPARES);

export function panelBoardForm(): ConfigForm {
  const localize = pageLocalizer();
  return form(localize, [choice(localize, "group_by", "editor.groupings", GROUPINGS)]);
}

export function consumptionForm(): ConfigForm {
  const localize = pageLocalizer();
  return form(localize, [
    TITLE,
    choice(localize, "level", "editor.levels", LEVELS),
    choice(localize, "by", "editor.levels", LEVELS.slice(1)),
    choice(localize, "fluid", "fluids", FLUIDS),
    compareField(localize),
  ]);
}

export function partialsForm(): ConfigForm {
  const localize = pageLocalizer();
  return form(localize, [TITLE, compareField(localize)]);
}

export function overallForm(): ConfigForm {
  const localize = pageLocalizer();
  return form(localize, [
    TITLE,
    choice(localize, "measure", "measures", ["quantity", "money"]),
    compareField(localize),
  ]);
}

export function compareForm(): ConfigForm {
  return form(pageLocalizer(), [TITLE]);
}

export function detailsForm(): ConfigForm {
  const localize = pageLocalizer();
  return form(localize, [
    TITLE,
    { name: "device", selector: { number: { min: 1, mode: "box" } } },
    compareField(localize),
  ]);
}

export function billForm(): ConfigForm {
  const localize = pageLocalizer();
  return form(localize, [
    TITLE,
    choice(localize, "fluid", "fluids", FLUIDS),
    compareField(localize),
  ]);
}

export function tariffsForm(): ConfigForm {
  const localize = pageLocalizer();
  return form(localize, [
    TITLE,
    choice(localize, "mode", "tariffs", ["total", "details"]),
    choice(localize, "fluid", "fluids", FLUIDS),
    compareField(localize),
  ]);
}

export function greenupForm(): ConfigForm {
  const localize = pageLocalizer();
  return form(localize, [choice(localize, "page", "greenup.pages", PAGES)]);
}

export function siteForm(): ConfigForm {
  return form(pageLocalizer(), []);
}
