import { css, html, LitElement, nothing } from "lit";
import { property, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import type { Charging } from "../backend/charging-types";
import { errorText } from "../backend/errors";
import type { HomeAssistant } from "../hass/types";
import type { Localize } from "../localize";
import { dialog } from "./dialog";
import { baseStyles } from "./styles";

/**
 * Switches the load management (S124); asks before vehicles lose its protection.
 * Nothing where its entity was disabled.
 */
export class ManagementSwitch extends LitElement {
  @property({ attribute: false }) hass!: HomeAssistant;
  @property({ attribute: false }) charging!: Charging;
  @property({ attribute: false }) localize!: Localize;
  @state() private isBusy = false;
  @state() private isAsked = false;
  @state() private error: unknown;

  private get entity(): string | undefined {
    return this.charging.entities["load_management"];
  }

  /** Stations that may charge more when nothing holds them back any more. */
  private get concerned(): string[] {
    return this.charging.stations
      .filter((one) => one.is_managed && one.session !== null)
      .map(({ name }) => name);
  }

  override render() {
    const { localize, hass, charging, entity } = this;
    if (!entity) return nothing;
    const isThere = (hass.states[entity]?.state ?? "unavailable") !== "unavailable";
    return html`<ha-switch
        .checked=${live(charging.is_enabled)}
        .disabled=${!isThere || this.isBusy}
        @change=${(event: Event) => {
          const element = event.target as HTMLInputElement;
          const isOn = element.checked;
          // What is shown is what holds, not what was wished for.
          element.checked = charging.is_enabled;
          this.ask(isOn);
        }}
        >${localize("greenup.load_management")}</ha-switch
      >
      ${
        this.error === undefined
          ? nothing
          : html`<p class="error" role="alert">${errorText(this.error, hass, localize)}</p>`
      }
      ${this.isAsked ? this.question() : nothing}`;
  }

  private question() {
    const { localize } = this;
    return dialog({
      title: localize("greenup.switch_off_title"),
      body: html`<p>${localize("greenup.switch_off_text")}</p>
        <p>${localize("greenup.switch_off_stations", { names: this.concerned.join(", ") })}</p>`,
      take: localize("greenup.switch_off"),
      isDangerous: true,
      isBusy: this.isBusy,
      finish: () => {
        this.isAsked = false;
        void this.send(false);
      },
      close: () => {
        this.isAsked = false;
      },
      localize,
    });
  }

  private ask(isOn: boolean): void {
    this.error = undefined;
    if (isOn || this.concerned.length === 0) void this.send(isOn);
    else this.isAsked = true;
  }

  private async send(isOn: boolean): Promise<void> {
    const { entity } = this;
    if (!entity) return;
    this.isBusy = true;
    try {
      const service = isOn ? "turn_on" : "turn_off";
      await this.hass.callService("switch", service, {}, { entity_id: entity }, false);
    } catch (error) {
      this.error = error;
    } finally {
      this.isBusy = false;
    }
  }

  static override styles = [
    baseStyles,
    css`
      p {
        margin: 0 0 var(--ews-space-3);
      }
      .error {
        margin: 0;
        color: var(--ews-bad);
        font-size: 13px;
      }
    `,
  ];
}
