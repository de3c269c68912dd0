import { mdiCalendarMonthOutline, mdiChevronLeft, mdiChevronRight } from "@mdi/js";
import { css, html, LitElement, nothing } from "lit";
import { property, query } from "lit/decorators.js";
import type { Period } from "../backend/types";
import {
  changePeriod,
  isSamePeriod,
  PERIODS,
  type Selection,
  select,
  step,
} from "../consumption/period";
import { periodName } from "../format/buckets";
import type { FrontendLocale } from "../hass/types";
import type { Localize } from "../localize";
import { icon } from "./parts";
import { baseStyles } from "./styles";

/** Chooses day, month or year and turns its pages; fires `select` with a Selection. */
export class PeriodBar extends LitElement {
  @property({ attribute: false }) selection: Selection = { period: "day", day: null };
  /** Today in the site's time zone. */
  @property() today = "";
  /** The first day of which anything is recorded; undefined while unknown. */
  @property() first: string | undefined;
  @property({ attribute: false }) locale!: FrontendLocale;
  @property({ attribute: false }) localize!: Localize;
  @query("input") private input!: HTMLInputElement;

  override render() {
    const { localize, selection, today } = this;
    const { period } = selection;
    const day = selection.day ?? today;
    const isCurrent = isSamePeriod(period, day, today);
    const now: Record<Period, string> = {
      day: localize("consumption.today"),
      month: localize("consumption.this_month"),
      year: localize("consumption.this_year"),
      "10_years": localize("consumption.now"),
    };
    return html`
      <legrand-ews-segmented
        .options=${PERIODS.map((value) => ({
          value,
          label: localize(`consumption.${value}`),
        }))}
        .value=${period}
        .label=${localize("consumption.period")}
        @change=${(event: CustomEvent<Period>) =>
          this.emit(changePeriod(selection, event.detail, today))}
      ></legrand-ews-segmented>
      <div class="pages">
        ${this.arrow(-1, mdiChevronLeft, localize("consumption.earlier"))}
        <div class="date">
          <button
            class="name"
            aria-label="${localize("consumption.pick_date")}: ${periodName(period, day, this.locale)}"
            @click=${this.openPicker}
          >
            ${icon(mdiCalendarMonthOutline)}
            <span class="long">${periodName(period, day, this.locale)}</span>
            <span class="short">${periodName(period, day, this.locale, "short")}</span>
          </button>
          <input
            type="date"
            tabindex="-1"
            aria-hidden="true"
            .value=${day}
            min=${this.first ?? nothing}
            max=${today}
            @change=${this.pick}
          />
        </div>
        ${this.arrow(1, mdiChevronRight, localize("consumption.later"))}
        <button
          class="tonal"
          ?disabled=${isCurrent}
          @click=${() => this.emit({ period, day: null })}
        >
          ${now[period]}
        </button>
      </div>
    `;
  }

  private arrow(count: number, path: string, label: string) {
    const target = step(this.selection, count, this.today, this.first);
    return html`<button
      class="icon-button"
      aria-label=${label}
      title=${label}
      ?disabled=${!target}
      @click=${() => target && this.emit(target)}
    >
      ${icon(path, "turns")}
    </button>`;
  }

  private openPicker(): void {
    this.input.showPicker();
  }

  private pick(): void {
    const day = this.input.value;
    if (day && day <= this.today) {
      this.emit(select(this.selection.period, day, this.today));
    }
  }

  private emit(selection: Selection): void {
    this.dispatchEvent(new CustomEvent("select", { detail: selection }));
  }

  static override styles = [
    baseStyles,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--ews-space-2) var(--ews-space-4);
        container-type: inline-size;
      }
      .pages {
        display: flex;
        align-items: center;
        gap: 2px;
        min-width: 0;
      }
      .icon-button {
        --ews-icon: 24px;
      }
      .date {
        position: relative;
        min-width: 0;
      }
      .name {
        display: flex;
        align-items: center;
        gap: var(--ews-space-2);
        min-height: 36px;
        padding: 0 var(--ews-space-3);
        border-radius: var(--ha-border-radius-pill, 9999px);
        font-weight: var(--ews-medium-weight);
        white-space: nowrap;
        --ews-icon: 18px;
      }
      .name svg {
        color: var(--ews-muted);
      }
      .name span::first-letter {
        text-transform: uppercase;
      }
      .name span {
        display: inline-block;
      }
      .name:hover {
        background: var(--ews-track);
      }
      span.short {
        display: none !important;
      }
      input {
        position: absolute;
        inset: auto 0 0;
        height: 100%;
        width: 100%;
        opacity: 0;
        pointer-events: none;
      }
      .tonal {
        margin-inline-start: var(--ews-space-2);
        white-space: nowrap;
      }
      .tonal:disabled {
        visibility: hidden;
      }
      @container (max-width: 620px) {
        legrand-ews-segmented {
          flex: 1 0 100%;
        }
        .pages {
          flex: 1 0 100%;
          justify-content: space-between;
        }
        .date {
          flex: 1;
        }
        .name {
          width: 100%;
          justify-content: center;
          padding: 0 var(--ews-space-1);
        }
        .tonal {
          padding: 0 var(--ews-space-3);
          margin-inline-start: 0;
        }
        .tonal:disabled {
          display: none;
        }
        span.long {
          display: none !important;
        }
        span.short {
          display: inline-block !important;
        }
      }
    `,
  ];
}
