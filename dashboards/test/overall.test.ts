import { describe, expect, it } from "vitest";
import { FLUID_COLORS, sharesOf } from "../src/consumption/overall";
import type { Row } from "../src/consumption/summary";

const row = (id: number, total: number | null): Row => ({
  key: `load:${id}`,
  id,
  name: `Load ${id}`,
  color: "#000000",
  values: [],
  previousValues: [],
  total,
  previousTotal: null,
});

describe("the ring of a fluid", () => {
  const shares = sharesOf(
    [row(1, 100), row(2, 300), row(3, null), row(4, 0)],
    "#f28c1e",
  );

  it("begins with the largest share and closes", () => {
    expect(shares.map(({ key, share, start }) => [key, share, start])).toEqual([
      ["load:2", 0.75, 0],
      ["load:1", 0.25, 0.75],
    ]);
  });

  it("fades from the fluid's colour", () => {
    expect(shares[0]?.color).toContain("#f28c1e 100%");
    expect(shares[1]?.color).toContain("#f28c1e 30%");
  });

  it("is empty where nothing was consumed", () => {
    expect(sharesOf([row(1, 0), row(2, null)], "#000000")).toEqual([]);
  });

  it("is orange, green and blue (S165)", () => {
    const hue = (color: string) => {
      const [red = 0, green = 0, blue = 0] = (color.match(/\w\w/g) ?? []).map((part) =>
        Number.parseInt(part, 16),
      );
      return [red, green, blue].indexOf(Math.max(red, green, blue));
    };
    expect(hue(FLUID_COLORS.electricity)).toBe(0);
    expect(hue(FLUID_COLORS.gas)).toBe(1);
    expect(hue(FLUID_COLORS.water)).toBe(2);
  });
});
