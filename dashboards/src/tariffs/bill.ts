/** What a bill is asked for, and how its lines stand below one another. */

import type {
  Bill,
  BillContent,
  BillDays,
  BillLine,
  FrozenDays,
  LineKind,
} from "../backend/bill-types";
import { type Selection, shiftDay } from "../consumption/period";
import { addDecimals } from "../format/decimals";

/**
 * The days of a selection; there is no bill of ten years. Where months are billed from
 * another day than the first, a past month is the billing month that begins in it, and
 * the running one that of today: none is left out.
 */
export function billDays(
  { period, day }: Selection,
  today: string,
): BillDays | undefined {
  const date = day ?? today;
  switch (period) {
    case "day":
      return { period: "custom", start: date, end: date };
    case "month": {
      const next = shiftDay("month", date, 1);
      return { period: "month", date: day ? shiftDay("day", next, -1) : today };
    }
    case "year": {
      const year = date.slice(0, 4);
      return { period: "custom", start: `${year}-01-01`, end: `${year}-12-31` };
    }
    default:
      return undefined;
  }
}

/** Whether there is more to say than what the table by tariff does already. */
export function isTelling({ lines, status, as_billed, now }: Bill): boolean {
  const all = [lines, as_billed?.lines ?? [], now?.lines ?? []].flat();
  return status === "frozen" || all.some(({ kind }) => kind !== "energy");
}

export type Section = "energy" | "surcharges" | "fixed_costs" | "taxes";

const SECTIONS: Readonly<Record<Section, readonly LineKind[]>> = {
  energy: ["energy"],
  surcharges: ["tier"],
  fixed_costs: ["fee", "capacity"],
  taxes: ["levy", "tax"],
};

const SUBTOTALS = {
  energy: "energy_cost",
  surcharges: "surcharges",
  fixed_costs: "fixed_costs",
  taxes: "taxes",
} as const satisfies Record<Section, keyof BillContent>;

/** A line as it was billed and as it would be now; one of both may be missing. */
export interface Pair {
  line: BillLine | undefined;
  now: BillLine | undefined;
}

/** Lines of one thing at several prices or of several months, folded into one. */
export interface Group {
  key: string;
  /** What they are called, and come to together. */
  name: string | null;
  amount: string;
  amountNow: string | undefined;
  pairs: Pair[];
}

/** So many lines of one thing stand by themselves. */
const MOST_APART = 2;

const groupKey = ({ kind, tariff, name }: BillLine) =>
  JSON.stringify([kind, tariff ?? name]);

/** Lines that come many times for one thing, as capacity does in a year, together. */
export function groupsOf(pairs: readonly Pair[]): (Pair | Group)[] {
  const groups = new Map<string, Pair[]>();
  for (const pair of pairs) {
    const line = pair.line ?? pair.now;
    if (!line) continue;
    const key = groupKey(line);
    groups.set(key, [...(groups.get(key) ?? []), pair]);
  }
  return [...groups].flatMap(([key, some]): (Pair | Group)[] => {
    if (some.length <= MOST_APART) return some;
    const lines = some.flatMap(({ line }) => line ?? []);
    const now = some.flatMap((pair) => pair.now ?? []);
    return [
      {
        ...{ key, name: (lines[0] ?? now[0])?.name ?? null, pairs: some },
        amount: addDecimals(lines.map(({ amount }) => amount)) ?? "0",
        amountNow: addDecimals(now.map(({ amount }) => amount)) ?? undefined,
      },
    ];
  });
}

export interface SectionRows {
  section: Section;
  subtotal: string;
  subtotalNow: string | undefined;
  pairs: Pair[];
}

const keyOf = ({ kind, tariff, name, first_day }: BillLine) =>
  JSON.stringify([kind, tariff ?? name, first_day]);

/** Lines of two bills side by side; what is only in the second comes last. */
function pairsOf(lines: readonly BillLine[], now: readonly BillLine[]): Pair[] {
  const left = [...now];
  const pairs = lines.map((line): Pair => {
    const place = left.findIndex((other) => keyOf(other) === keyOf(line));
    return { line, now: place < 0 ? undefined : left.splice(place, 1)[0] };
  });
  return [...pairs, ...left.map((line): Pair => ({ line: undefined, now: line }))];
}

/** The lines by what they are for, with what each part comes to. */
export function sectionsOf(
  billed: BillContent,
  now: BillContent | undefined,
): SectionRows[] {
  return (Object.keys(SECTIONS) as Section[])
    .map((section): SectionRows => {
      const own = ({ kind }: BillLine) => SECTIONS[section].includes(kind);
      return {
        section,
        subtotal: billed[SUBTOTALS[section]],
        subtotalNow: now?.[SUBTOTALS[section]],
        pairs: pairsOf(billed.lines.filter(own), now?.lines.filter(own) ?? []),
      };
    })
    .filter(({ pairs }) => pairs.length > 0);
}

/** Whether two lines say the same: what is billed now needs no words of its own. */
export function isSameLine(a: BillLine, b: BillLine): boolean {
  return a.quantity === b.quantity && a.price === b.price && a.base === b.base;
}

/** Frozen periods that are not the bill itself: it cannot be frozen beside them. */
export function overlapping(bill: Bill, frozen: readonly FrozenDays[]): FrozenDays[] {
  return frozen.filter(
    ({ fluid, first_day, last_day }) =>
      fluid === bill.fluid &&
      (first_day !== bill.first_day || last_day !== bill.last_day),
  );
}
