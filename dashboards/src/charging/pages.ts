/** The pages of the view Green'Up. */

export const PAGES = ["management", "live", "details", "sessions"] as const;
export type Page = (typeof PAGES)[number];

/** The page that an address names. */
export function pageOfAddress(address: string): Page | undefined {
  const text = new URLSearchParams(address).get("page");
  return PAGES.find((page) => page === text);
}
