import { mdiChevronLeft, mdiChevronRight } from "@mdi/js";
import { html, LitElement, nothing } from "lit";
import { property, state } from "lit/decorators.js";
import type { Tariff } from "../backend/tariff-types";
import { shiftDay } from "../consumption/period";
import { dateFormat, periodName } from "../format/buckets";
import { noonOf } from "../format/civil";
import { formatNumber, priceText } from "../format/numbers";
import type { FrontendLocale } from "../hass/types";
import type { Localize } from "../localize";
import {
  clockOf,
  DAY_MINUTES,
  hoursOf,
  mondayOf,
  monthsOf,
  type Strip,
  type Strips,
  weekOf,
} from "../tariffs/calendar";
import { timeText, weekdayName, weekdayOf } from "../tariffs/texts";
import { icon } from "./parts";
import { planPreviewStyles } from "./plan-preview-styles";
import { baseStyles } from "./styles";

const NO_TARIFF =
  "repeating-linear-gradient(135deg, var(--ews-gap) 0 4px, transparent 4px 8px)";
const TICKS = [0, 6, 12, 18, 24];

/** Which tariff applies when: a week of strips, and a year of days (S272). */
export class PlanPreview extends LitElement {
  @property({ attribute: false }) strips: Strips = new Map();
  @property({ attribute: false }) tariffs: readonly Tariff[] = [];
  @property() today = "";
  /** Minutes since midnight. */
  @property({ type: Number }) minute = 0;
  @property() currency = "";
  @property() unit = "";
  @property({ attribute: false }) locale!: FrontendLocale;
  @property({ attribute: false }) localize!: Localize;
  /** The Monday that is shown; undefined follows today. */
  @state() private monday: string | undefined;
  @state() private told = "";
  @state() private toldDay = "";

  override render() {
    const { localize } = this;
    const monday = this.monday ?? mondayOf(this.today);
    const days = weekOf(monday);
    const year = Number(this.today.slice(0, 4));
    const has = (day: string) => this.strips.has(day);
    const turn = (weeks: number, path: string, label: string) => {
      const target = shiftDay("day", monday, 7 * weeks);
      return html`<button
        class="icon-button"
        aria-label=${label}
        title=${label}
        ?disabled=${!weekOf(target).some(has)}
        @click=${() => {
          this.monday = target;
          this.told = "";
        }}
      >
        ${icon(path, "turns")}
      </button>`;
    };
    return html`<section class="week">
        <header>
          <h4>${localize("bill.week")}</h4>
          ${turn(-1, mdiChevronLeft, localize("bill.week_before"))}
          <span class="name">${this.weekName(days)}</span>
          ${turn(1, mdiChevronRight, localize("bill.week_after"))}
        </header>
        <div class="ticks" aria-hidden="true">
          ${TICKS.map((hour) => html`<span style="inset-inline-start:${(hour / 24) * 100}%">${hour}</span>`)}
        </div>
        <ul>
          ${days.map((day) => this.day(day))}
        </ul>
        <p class="told" role="status">${this.told || localize("bill.week_hint")}</p>
      </section>
      <section class="year">
        <header><h4>${localize("bill.year", { year })}</h4></header>
        ${this.year(year)}
        <p class="told">${this.toldDay || localize("bill.year_hint")}</p>
        ${this.hours(year)}
      </section>
      ${this.legend()}`;
  }

  private weekName(days: readonly string[]): string {
    const [first = "", last = ""] = [days[0], days.at(-1)];
    const format = dateFormat(this.locale, "UTC", {
      day: "numeric",
      month: "short",
      year: "numeric",
    });
    return format.formatRange(noonOf(first), noonOf(last));
  }

  private tariffOf(strip: Strip): Tariff | undefined {
    return this.tariffs.find(({ id }) => id === strip.tariff);
  }

  private colorOf(strip: Strip): string {
    return this.tariffOf(strip)?.color ?? NO_TARIFF;
  }

  private textOf(strip: Strip): string {
    const { locale, localize } = this;
    const range = `${timeText(clockOf(strip.from), locale)} – ${timeText(clockOf(strip.to), locale)}`;
    const tariff = this.tariffOf(strip);
    if (!tariff) return `${range} · ${localize("bill.no_tariff")}`;
    const price = priceText(strip.price, this.currency, locale);
    return `${range} · ${tariff.name} · ${price}/${this.unit}`;
  }

  private day(day: string) {
    const { locale } = this;
    const isToday = day === this.today;
    const long = periodName("day", day, locale);
    return html`<li class=${isToday ? "today" : ""}>
      <span class="weekday" title=${long}>${weekdayName(weekdayOf(day), locale)}</span>
      <div class="strip">
        ${(this.strips.get(day) ?? []).map((strip) => {
          const text = `${long}, ${this.textOf(strip)}`;
          const tell = () => {
            this.told = text;
          };
          return html`<button
            style="inset-inline-start:${(100 * strip.from) / DAY_MINUTES}%;
              inline-size:${(100 * (strip.to - strip.from)) / DAY_MINUTES}%;
              background:${this.colorOf(strip)}"
            aria-label=${text}
            @pointerenter=${tell}
            @focus=${tell}
            @click=${tell}
          ></button>`;
        })}
        ${
          isToday
            ? html`<i class="mark" style="inset-inline-start:${(100 * this.minute) / DAY_MINUTES}%"></i>`
            : nothing
        }
      </div>
    </li>`;
  }

  /** Months downwards, days to the right, the hours of a day from top to bottom. */
  private year(year: number) {
    const { locale } = this;
    const short = dateFormat(locale, "UTC", { month: "short" });
    return html`<div class="carpet" aria-hidden="true" @pointerleave=${() => {
      this.toldDay = "";
    }}>
      ${monthsOf(year).map(
        (days) => html`<span class="month">${short.format(noonOf(days[0] ?? ""))}</span>
          <div class="days">
            ${days.map(
              (day) => html`<i
                class=${day === this.today ? "today" : ""}
                style="background:${this.gradient(day)}"
                @pointerenter=${() => {
                  this.toldDay = this.dayText(day);
                }}
                @click=${() => {
                  this.monday = mondayOf(day);
                  this.toldDay = this.dayText(day);
                }}
              ></i>`,
            )}
          </div>`,
      )}
    </div>`;
  }

  private gradient(day: string): string {
    const stops = (this.strips.get(day) ?? []).map((strip) => {
      const color = this.tariffOf(strip)?.color ?? "var(--ews-gap)";
      const at = (minute: number) => `${((100 * minute) / DAY_MINUTES).toFixed(1)}%`;
      return `${color} ${at(strip.from)} ${at(strip.to)}`;
    });
    return stops.length > 0
      ? `linear-gradient(to bottom, ${stops.join(", ")})`
      : "none";
  }

  private dayText(day: string): string {
    const strips = this.strips.get(day) ?? [];
    const names = new Set(
      strips.map(
        (strip) => this.tariffOf(strip)?.name ?? this.localize("bill.no_tariff"),
      ),
    );
    return `${periodName("day", day, this.locale)} · ${[...names].join(", ")}`;
  }

  /** The year for who cannot see the carpet: hours of each tariff by month. */
  private hours(year: number) {
    const { locale, localize } = this;
    const long = dateFormat(locale, "UTC", { month: "long" });
    const months = monthsOf(year);
    const columns = [
      ...this.tariffs.map(({ id, name }) => ({ id: id ?? null, name })),
      { id: null, name: localize("bill.no_tariff") },
    ];
    // A table alone would not keep to the size of what is hidden.
    return html`<div class="hidden"><table>
      <caption>${localize("bill.hours", { year })}</caption>
      <thead>
        <tr>
          <th scope="col">${localize("bill.month")}</th>
          ${columns.map(({ name }) => html`<th scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${months.map((days) => {
          const hours = hoursOf(this.strips, days);
          return html`<tr>
            <th scope="row">${long.format(noonOf(days[0] ?? ""))}</th>
            ${columns.map(
              ({ id }) =>
                html`<td>${formatNumber(hours.get(id) ?? 0, locale, { maximumFractionDigits: 1 })}</td>`,
            )}
          </tr>`;
        })}
      </tbody>
    </table></div>`;
  }

  private legend() {
    const isGap = [...this.strips.values()].some((strips) =>
      strips.some(({ tariff }) => tariff === null),
    );
    return html`<ul class="legend">
      ${this.tariffs.map(
        ({ name, color }) => html`<li><i style="background:${color}"></i>${name}</li>`,
      )}
      ${
        isGap
          ? html`<li><i style="background:${NO_TARIFF}"></i>${this.localize("bill.no_tariff")}</li>`
          : nothing
      }
    </ul>`;
  }

  static override styles = [baseStyles, planPreviewStyles];
}
