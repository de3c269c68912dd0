import { describe, expect, it } from "vitest";
import en from "../src/locales/en.json";
import fr from "../src/locales/fr.json";
import { type Localize, localizeAny, localizer, plural } from "../src/localize";

type Node = { [key: string]: string | Node };

function flat(node: Node, prefix = ""): Map<string, string> {
  const entries = Object.entries(node).flatMap(([key, value]): [string, string][] =>
    typeof value === "string"
      ? [[prefix + key, value]]
      : [...flat(value, `${prefix}${key}.`)],
  );
  return new Map(entries);
}

const placeholders = (text: string | undefined) =>
  text?.match(/\{\w+\}/g)?.sort() ?? [];

describe("the sentences of the cards", () => {
  const english = flat(en);
  const french = flat(fr);

  it("exist in English and in French", () => {
    expect([...french.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it("speak of the same values", () => {
    for (const [key, text] of english) {
      expect([key, placeholders(french.get(key))]).toEqual([key, placeholders(text)]);
    }
  });
});

describe("a sentence", () => {
  it.each([
    ["en", "Yesterday"],
    ["en-GB", "Yesterday"],
    ["fr", "Hier"],
    ["fr-BE", "Hier"],
    ["pt", "Yesterday"],
  ])("in %s", (language, expected) => {
    expect(localizer(language)("consumption.yesterday")).toBe(expected);
  });

  it("takes values", () => {
    expect(localizer("en")("board.address", { address: "2-1" })).toBe("Address 2-1");
  });

  it.each([
    ["en", 0, "0 devices"],
    ["en", 1, "1 device"],
    ["fr", 0, "0 appareil"],
    ["fr", 2, "2 appareils"],
  ])("counts as %s does: %d", (language, count, expected) => {
    expect(plural(localizer(language), language, "board.devices", count)).toBe(
      expected,
    );
  });

  it("with a key from outside has a fallback", () => {
    const localize: Localize = localizer("en");
    expect(localizeAny(localize, "fluids.water", "x")).toBe("Water");
    expect(localizeAny(localize, "fluids.steam", "Steam")).toBe("Steam");
  });
});
