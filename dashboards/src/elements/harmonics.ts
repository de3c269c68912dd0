import { mdiRefresh } from "@mdi/js";
import { css, html, LitElement, nothing } from "lit";
import { property, state } from "lit/decorators.js";
import { fetchHarmonics } from "../backend/commands";
import { NOTHING_YET, Source } from "../backend/loadable";
import type { Harmonics as Answer, Device } from "../backend/types";
import { nameOf } from "../device/texts";
import { formatNumber } from "../format/numbers";
import type { HomeAssistant } from "../hass/types";
import type { Localize } from "../localize";
import { errorMessage, icon } from "./parts";
import { baseStyles, messageStyles } from "./styles";

/** Ranks between two that are written below the axis. */
const LABEL_EVERY = 4;
const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500];

/** Harmonics rank by rank, in per cent of the fundamental (S148). */
export class Harmonics extends LitElement {
  @property({ attribute: false }) hass!: HomeAssistant;
  @property({ attribute: false }) device!: Device;
  @property() entry: string | undefined;
  @property({ attribute: false }) localize!: Localize;
  @state() private chosen = 0;
  @state() private news = 0;
  private source: Source<Answer> | undefined;
  private sourceOf: number | undefined;
  private stop: (() => void) | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stop?.();
    this.source = undefined;
    this.sourceOf = undefined;
  }

  protected override willUpdate(): void {
    if (this.sourceOf === this.device.id || !this.isConnected) return;
    this.stop?.();
    const { id } = this.device;
    this.sourceOf = id;
    this.source = new Source(() => fetchHarmonics(this.hass, this.entry, id));
    this.stop = this.source.listen(() => {
      this.news += 1;
    });
    void this.source.refresh();
  }

  override render() {
    const { value, error, isLoading } = this.source?.state ?? NOTHING_YET;
    const { hass, localize } = this;
    if (error !== undefined) {
      return errorMessage(error, hass, localize, () => void this.source?.refresh());
    }
    if (!value) return html`<span class="bone plot" role="status"></span>`;
    const series = value.series[this.chosen] ?? value.series[0];
    if (!series) return nothing;
    return html`<div class="head">
        <legrand-ews-picker
          .options=${value.series.map((one, index) => ({
            value: String(index),
            label: nameOf(hass, this.device, one.quantity),
          }))}
          .value=${String(this.chosen)}
          .label=${localize("device.harmonics_of")}
          @change=${(event: CustomEvent<string>) => {
            this.chosen = Number(event.detail);
          }}
        ></legrand-ews-picker>
        <button
          class="icon-button"
          ?disabled=${isLoading}
          aria-label=${localize("device.read_again")}
          title=${localize("device.read_again")}
          @click=${() => void this.source?.refresh()}
        >
          ${icon(mdiRefresh)}
        </button>
      </div>
      ${this.plot(value, series.values)} ${this.table(value, series.values)}`;
  }

  private percent(value: number | null | undefined): string {
    if (value === null || value === undefined) return "–";
    return `${formatNumber(value, this.hass.locale, { maximumFractionDigits: 1 })}\u00a0%`;
  }

  private plot({ ranks }: Answer, values: readonly (number | null)[]) {
    const largest = Math.max(0.5, ...values.map((value) => value ?? 0));
    const top = STEPS.find((step) => step >= largest) ?? largest;
    return html`<div class="plot" aria-hidden="true">
      <span class="top">${this.percent(top)}</span>
      <div class="bars">
        ${ranks.map((rank, index) => {
          const value = values[index];
          const height = (100 * Math.max(0, value ?? 0)) / top;
          return html`<span class="bar" title="${rank}: ${this.percent(value)}">
            ${value === null || value === undefined ? nothing : html`<i style="height:${height.toFixed(1)}%"></i>`}
            <small>${index % LABEL_EVERY === 0 ? rank : ""}</small>
          </span>`;
        })}
      </div>
    </div>`;
  }

  private table({ ranks }: Answer, values: readonly (number | null)[]) {
    return html`<details>
      <summary>${this.localize("tools.table")}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">${this.localize("device.rank")}</th>
            <th scope="col">%</th>
          </tr>
        </thead>
        <tbody>
          ${ranks.map(
            (rank, index) => html`<tr>
              <th scope="row">${rank}</th>
              <td>${this.percent(values[index])}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </details>`;
  }

  static override styles = [
    baseStyles,
    messageStyles,
    css`
      .head {
        display: flex;
        align-items: center;
        justify-content: space-between;
      }
      .plot {
        display: block;
        position: relative;
        height: 190px;
        margin-top: var(--ews-space-2);
        padding-top: 18px;
      }
      .bone.plot {
        width: 100%;
      }
      .top {
        position: absolute;
        inset-block-start: 0;
        color: var(--ews-muted);
        font-size: var(--ews-small);
      }
      .bars {
        display: flex;
        gap: 2px;
        height: 100%;
        padding-bottom: 18px;
        border-top: 1px dashed var(--divider-color);
      }
      .bar {
        position: relative;
        display: flex;
        flex: 1;
        align-items: flex-end;
        border-bottom: 1px solid var(--divider-color);
      }
      .bar:hover {
        background: var(--ews-track);
      }
      .bar i {
        flex: 1;
        min-height: 1px;
        border-radius: 2px 2px 0 0;
        background: var(--primary-color);
      }
      .bar small {
        position: absolute;
        inset-block-start: 100%;
        inset-inline-start: 50%;
        translate: -50%;
        color: var(--ews-muted);
        font-size: 11px;
      }
      summary {
        margin-top: var(--ews-space-2);
        color: var(--ews-muted);
        font-size: 13px;
        cursor: pointer;
      }
      table {
        width: 100%;
        font-size: 13px;
      }
      :is(th, td) {
        font-weight: normal;
        text-align: end;
      }
      th {
        text-align: start;
      }
    `,
  ];
}
