/** Every sentence of the cards, from one file per language. */

import en from "./locales/en.json";
import fr from "./locales/fr.json";

type Sentences = { [key: string]: string | Sentences };

const LANGUAGES: Readonly<Record<string, Sentences>> = { en, fr };

type Keys<T> = {
  [K in keyof T & string]: T[K] extends string ? K : `${K}.${Keys<T[K]>}`;
}[keyof T & string];

/** Keys of sentences, as in `error.title`. */
export type Key = Keys<typeof en>;

export type Localize = (key: Key, values?: Record<string, string | number>) => string;

function find(sentences: Sentences | undefined, key: string): string | undefined {
  let node: Sentences | string | undefined = sentences;
  for (const part of key.split(".")) {
    if (typeof node !== "object") return undefined;
    node = node[part];
  }
  return typeof node === "string" ? node : undefined;
}

/** The sentences of a language; `fr-BE` reads French, an unknown one English. */
export function localizer(language: string): Localize {
  const own = LANGUAGES[language] ?? LANGUAGES[language.split("-")[0] ?? ""];
  return (key, values = {}) => {
    const text = find(own, key) ?? find(en, key) ?? key;
    return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) =>
      name in values ? String(values[name]) : whole,
    );
  };
}

/** A sentence with a number in it: `key.one` or `key.other` by the language's rule. */
export function plural(
  localize: Localize,
  language: string,
  key: "board.devices",
  count: number,
): string {
  const form = new Intl.PluralRules(language).select(count) === "one" ? "one" : "other";
  return localize(`${key}.${form}` as Key, { count });
}

/** A sentence whose key is known only at run time, or the fallback. */
export function localizeAny(localize: Localize, key: string, fallback: string): string {
  const text = localize(key as Key);
  return text === key ? fallback : text;
}
