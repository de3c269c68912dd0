import { css, html, LitElement, nothing, type PropertyValues } from "lit";
import { property, state } from "lit/decorators.js";
import { setDeparture } from "../backend/charging-commands";
import type { ChargingStation } from "../backend/charging-types";
import { errorText } from "../backend/errors";
import {
  DEPARTURE_SCHEMA,
  type Departure,
  type DepartureForm,
  departureForm,
  departureOf,
} from "../charging/departure";
import type { HomeAssistant } from "../hass/types";
import { type Localize, localizeAny } from "../localize";
import { dialog } from "./dialog";
import { baseStyles } from "./styles";

/**
 * Says when the vehicle at a station leaves and what it is to get by then, or takes
 * that back. Fires `close`.
 */
export class DepartureDialog extends LitElement {
  @property({ attribute: false }) hass!: HomeAssistant;
  @property() entry: string | undefined;
  @property({ attribute: false }) station!: ChargingStation;
  /** Civil time of the site. */
  @property() zone = "";
  @property({ attribute: false }) localize!: Localize;
  @state() private data: DepartureForm = {};
  @state() private isIncomplete = false;
  @state() private error: unknown;
  @state() private isBusy = false;

  protected override willUpdate(changes: PropertyValues): void {
    if (this.hasUpdated || !changes.has("station")) return;
    this.data = departureForm(this.station.departure, new Date(), this.zone);
  }

  override render() {
    const { localize, station } = this;
    return dialog({
      title: localize("greenup.departure_of", { name: station.name }),
      body: this.body(),
      take: localize("greenup.departure_take"),
      isBusy: this.isBusy,
      finish: () => this.finish(),
      close: () => this.close(),
      localize,
    });
  }

  private body() {
    const { localize, hass } = this;
    const text = (part: "label" | "help", name: string) =>
      localizeAny(localize, `greenup.departure_${part}.${name}`, "");
    return html`<p>${localize("greenup.departure_means")}</p>
      <ha-form
        .hass=${hass}
        .data=${this.data}
        .schema=${DEPARTURE_SCHEMA}
        .computeLabel=${({ name }: { name: string }) => text("label", name)}
        .computeHelper=${({ name }: { name: string }) => text("help", name)}
        @value-changed=${(event: CustomEvent<{ value: DepartureForm }>) => {
          event.stopPropagation();
          this.data = event.detail.value;
        }}
      ></ha-form>
      ${this.complaint()}
      ${
        this.station.departure
          ? html`<ha-button
              size="s"
              appearance="plain"
              variant="danger"
              ?disabled=${this.isBusy}
              @click=${() => void this.send(null)}
            >
              ${localize("greenup.departure_back")}
            </ha-button>`
          : nothing
      }`;
  }

  private complaint() {
    const { error, hass, localize } = this;
    if (error === undefined && !this.isIncomplete) return nothing;
    return html`<p class="error" role="alert">
      ${this.isIncomplete ? localize("greenup.departure_missing") : errorText(error, hass, localize)}
    </p>`;
  }

  private finish(): void {
    const departure = departureOf(this.data);
    this.isIncomplete = departure === undefined;
    if (departure) void this.send(departure);
  }

  private async send(departure: Departure | null): Promise<void> {
    this.error = undefined;
    this.isBusy = true;
    try {
      await setDeparture(this.hass, this.entry, this.station.id, departure);
      this.close();
    } catch (error) {
      this.error = error;
    } finally {
      this.isBusy = false;
    }
  }

  private close(): void {
    this.dispatchEvent(new CustomEvent("close"));
  }

  static override styles = [
    baseStyles,
    css`
      p {
        margin: 0 0 var(--ews-space-4);
        color: var(--ews-muted);
      }
      ha-form {
        display: block;
        margin-bottom: var(--ews-space-2);
      }
      .error {
        margin: var(--ews-space-2) 0;
        color: var(--ews-bad);
      }
    `,
  ];
}
