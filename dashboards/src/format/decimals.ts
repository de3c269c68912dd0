/** Decimal texts, added up exactly: money is never a float. */

interface Whole {
  digits: bigint;
  decimals: number;
}

function wholeOf(text: string): Whole {
  const [units = "0", decimals = ""] = text.split(".");
  return { digits: BigInt(units + decimals), decimals: decimals.length };
}

function textOf({ digits, decimals }: Whole): string {
  const sign = digits < 0n ? "-" : "";
  const text = String(digits < 0n ? -digits : digits).padStart(decimals + 1, "0");
  const units = text.slice(0, text.length - decimals);
  const fraction = text.slice(text.length - decimals).replace(/0+$/, "");
  return sign + units + (fraction && `.${fraction}`);
}

/** Adds what is there; null when nothing is. */
export function addDecimals(texts: Iterable<string | null | undefined>): string | null {
  let sum: Whole | null = null;
  for (const text of texts) {
    if (text === null || text === undefined) continue;
    const one = wholeOf(text);
    const known: Whole = sum ?? { digits: 0n, decimals: 0 };
    const decimals = Math.max(one.decimals, known.decimals);
    const scaled = ({ digits, decimals: own }: Whole) =>
      digits * 10n ** BigInt(decimals - own);
    sum = { digits: scaled(one) + scaled(known), decimals };
  }
  return sum && textOf(sum);
}
