import { describe, expect, it } from "vitest";
import { addDecimals } from "../src/format/decimals";

describe("decimal texts", () => {
  it.each([
    [["0.1", "0.2"], "0.3"],
    [["1000000000000.000000000001", "-0.000000000001"], "1000000000000"],
    [["-0.5", "-0.05"], "-0.55"],
    [["-1.5", "1.25"], "-0.25"],
    [["5", null, undefined, "7.50"], "12.5"],
    [["0.00", "-0"], "0"],
    [[null, undefined], null],
    [[], null],
  ])("%o add up to %s, to the last digit", (texts, expected) => {
    expect(addDecimals(texts)).toBe(expected);
  });
});
