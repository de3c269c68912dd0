import { css, html, LitElement, nothing } from "lit";
import { property, state } from "lit/decorators.js";
import { fetchCorrections } from "../backend/commands";
import { Source } from "../backend/loadable";
import type { Correction, Device, Quantity } from "../backend/types";
import { nameOf } from "../device/texts";
import { shown } from "../device/values";
import { dateFormat } from "../format/buckets";
import type { HomeAssistant } from "../hass/types";
import { type Localize, localizeAny } from "../localize";
import { baseStyles } from "./styles";

/** What the counters of a device did beside counting; nothing for most devices. */
export class Corrections extends LitElement {
  @property({ attribute: false }) hass!: HomeAssistant;
  @property({ attribute: false }) device!: Device;
  @property({ attribute: false }) quantities: Record<string, Quantity> = {};
  @property() zone = "UTC";
  @property() entry: string | undefined;
  @property({ attribute: false }) localize!: Localize;
  @state() private entries: readonly Correction[] = [];
  private sourceOf: number | undefined;
  private stop: (() => void) | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stop?.();
    this.sourceOf = undefined;
  }

  protected override willUpdate(): void {
    if (this.sourceOf === this.device.id || !this.isConnected) return;
    this.stop?.();
    const { id } = this.device;
    this.sourceOf = id;
    this.entries = [];
    const source = new Source(() => fetchCorrections(this.hass, this.entry, id));
    this.stop = source.listen(() => {
      this.entries = source.state.value?.corrections ?? [];
    });
    void source.refresh();
  }

  override render() {
    const { entries, localize } = this;
    if (entries.length === 0) return nothing;
    return html`<details>
      <summary>${localize("corrections.title", { count: entries.length })}</summary>
      <ul>
        ${entries.map((entry) => this.row(entry))}
      </ul>
    </details>`;
  }

  private row({ at, quantity, kind, before, after, booked }: Correction) {
    const { hass, device, localize } = this;
    const when = dateFormat(hass.locale, this.zone, {
      dateStyle: "medium",
      timeStyle: "short",
    }).format(new Date(at));
    const course =
      before === after
        ? this.amount(quantity, before)
        : `${this.amount(quantity, before)} → ${this.amount(quantity, after)}`;
    return html`<li>
      <strong>${localizeAny(localize, `corrections.kinds.${kind}`, kind)}</strong>
      <time datetime=${at}>${when}</time>
      <span>${nameOf(hass, device, quantity)}</span>
      <span>${course}</span>
      ${booked ? html`<span>${localize("corrections.booked", { amount: this.amount(quantity, booked) })}</span>` : nothing}
    </li>`;
  }

  private amount(key: string, value: number): string {
    const { number, unit } = shown(value, this.quantities[key], this.hass.locale);
    return unit ? `${number}\u00a0${unit}` : number;
  }

  static override styles = [
    baseStyles,
    css`
      summary {
        margin-top: var(--ews-space-2);
        color: var(--ews-muted);
        font-size: 13px;
        cursor: pointer;
      }
      ul {
        max-height: 320px;
        margin: var(--ews-space-2) 0 0;
        padding: 0;
        overflow-y: auto;
        list-style: none;
        font-size: 13px;
      }
      li {
        display: grid;
        grid-template-columns: 1fr auto;
        gap: 2px var(--ews-space-2);
        padding: 6px 0;
        border-top: 1px solid var(--divider-color);
      }
      strong {
        font-weight: var(--ews-medium-weight);
      }
      :is(time, span) {
        color: var(--ews-muted);
      }
      :is(time, span:nth-of-type(2n)) {
        text-align: end;
      }
    `,
  ];
}
