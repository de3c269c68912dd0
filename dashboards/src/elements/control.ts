import { css, html, LitElement, nothing } from "lit";
import { property, query, state } from "lit/decorators.js";
import { errorText } from "../backend/errors";
import type { Device } from "../backend/types";
import { needsConsent } from "../device/consent";
import { nameOf, stateText } from "../device/texts";
import type { EntityState, HomeAssistant } from "../hass/types";
import type { Localize } from "../localize";
import { baseStyles } from "./styles";

interface Order {
  service: string;
  data: Record<string, unknown>;
  /** What is about to happen, in a few words. */
  text: string;
}

/** One command of a device: asks where something moves, and says what came of it. */
export class Control extends LitElement {
  @property({ attribute: false }) hass!: HomeAssistant;
  @property({ attribute: false }) device!: Device;
  @property() command = "";
  @property({ attribute: false }) localize!: Localize;
  @state() private isBusy = false;
  @state() private error: unknown;
  @state() private asked: Order | undefined;
  /** A number that was typed in and not written yet. */
  @state() private draft: string | undefined;
  @query("dialog") private dialog!: HTMLDialogElement;

  override render() {
    const entity = this.device.commands[this.command];
    const state = entity ? this.hass.states[entity] : undefined;
    if (!entity || !state) return nothing;
    const name = nameOf(this.hass, this.device, this.command);
    const isThere = state.state !== "unavailable";
    return html`<div class="row">
        <span class="name" id="name">${name}</span>
        ${this.field(entity.split(".")[0] ?? "", state, name, isThere && !this.isBusy)}
      </div>
      ${
        this.error === undefined
          ? nothing
          : html`<p class="error" role="alert">
              ${errorText(this.error, this.hass, this.localize)}
            </p>`
      }
      ${this.consent(name)}`;
  }

  private field(domain: string, state: EntityState, name: string, canUse: boolean) {
    const { localize } = this;
    if (domain === "switch") {
      const isOn = state.state === "on";
      return html`<button
        class="switch"
        role="switch"
        aria-checked=${isOn}
        aria-labelledby="name"
        ?disabled=${!canUse}
        @click=${() =>
          this.ask({
            service: isOn ? "turn_off" : "turn_on",
            data: {},
            text: localize(isOn ? "device.turn_off" : "device.turn_on", { name }),
          })}
      >
        <i></i>
      </button>`;
    }
    if (domain === "button") {
      return html`<button
        class="tonal"
        aria-labelledby="name"
        ?disabled=${!canUse}
        @click=${() => this.ask({ service: "press", data: {}, text: name })}
      >
        ${localize("device.run")}
      </button>`;
    }
    if (domain === "select") return this.choice(state, name, canUse);
    return this.number(state, name, canUse);
  }

  private choice(state: EntityState, name: string, canUse: boolean) {
    const options = (state.attributes["options"] as string[] | undefined) ?? [];
    const text = (option: string) =>
      stateText(this.hass, this.localize, this.command, option);
    return html`<select
      aria-labelledby="name"
      ?disabled=${!canUse}
      @change=${(event: Event) => {
        const select = event.target as HTMLSelectElement;
        const option = select.value;
        // What is shown is what the device reports, not what was wished for.
        select.value = state.state;
        this.ask({
          service: "select_option",
          data: { option },
          text: `${name}: ${text(option)}`,
        });
      }}
    >
      ${
        options.includes(state.state)
          ? nothing
          : html`<option value=${state.state} selected disabled>–</option>`
      }
      ${options.map(
        (option) => html`<option value=${option} .selected=${option === state.state}>
          ${text(option)}
        </option>`,
      )}
    </select>`;
  }

  /** A number is written on demand, with the button (S156). */
  private number(state: EntityState, name: string, canUse: boolean) {
    const { attributes } = state;
    const shown = Number.isFinite(Number(state.state))
      ? String(Number(state.state))
      : "";
    const unit = String(attributes["unit_of_measurement"] ?? "");
    const write = () => {
      const text = this.draft ?? shown;
      if (text === "") return;
      this.ask({
        service: "set_value",
        data: { value: Number(text) },
        text: `${name}: ${text} ${unit}`,
      });
    };
    return html`<form
      @submit=${(event: Event) => {
        event.preventDefault();
        write();
      }}
    >
      <input
        type="number"
        aria-labelledby="name"
        min=${Number(attributes["min"] ?? 0)}
        max=${Number(attributes["max"] ?? 0)}
        step=${Number(attributes["step"] ?? 1)}
        .value=${this.draft ?? shown}
        ?disabled=${!canUse}
        @input=${(event: InputEvent) => {
          this.draft = (event.target as HTMLInputElement).value;
        }}
      />
      <small>${unit}</small>
      <button class="tonal" ?disabled=${!canUse || this.draft === undefined || this.draft === shown}>
        ${this.localize("device.write")}
      </button>
    </form>`;
  }

  private consent(name: string) {
    return html`<dialog
      aria-labelledby="question"
      @close=${() => {
        this.asked = undefined;
      }}
    >
      <h4 id="question">${this.asked?.text ?? name}</h4>
      <p>${this.localize("device.consent", { device: this.device.name })}</p>
      <div class="actions">
        <button class="plain" @click=${() => this.dialog.close()}>
          ${this.localize("device.cancel")}
        </button>
        <button
          class="tonal"
          @click=${() => {
            const order = this.asked;
            this.dialog.close();
            if (order) void this.send(order);
          }}
        >
          ${this.localize("device.do_it")}
        </button>
      </div>
    </dialog>`;
  }

  private ask(order: Order): void {
    this.error = undefined;
    if (!needsConsent(this.device, this.command)) {
      void this.send(order);
      return;
    }
    this.asked = order;
    this.dialog.showModal();
  }

  private async send({ service, data }: Order): Promise<void> {
    const entity_id = this.device.commands[this.command];
    const domain = entity_id?.split(".")[0];
    if (!entity_id || !domain) return;
    this.isBusy = true;
    try {
      await this.hass.callService(domain, service, data, { entity_id }, false);
      this.draft = undefined;
    } catch (error) {
      this.error = error;
    } finally {
      this.isBusy = false;
    }
  }

  static override styles = [
    baseStyles,
    css`
      .row {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--ews-space-1) var(--ews-space-3);
        min-height: 44px;
      }
      .name {
        flex: 1 1 auto;
        min-width: 0;
        overflow-wrap: anywhere;
      }
      .switch {
        position: relative;
        flex: none;
        width: 44px;
        height: 26px;
        border-radius: 13px;
        background: var(--ews-track-strong);
        transition: background-color 150ms;
      }
      .switch i {
        position: absolute;
        inset-block-start: 3px;
        inset-inline-start: 3px;
        width: 20px;
        height: 20px;
        border-radius: 50%;
        background: var(--card-background-color);
        box-shadow: 0 1px 3px rgb(0 0 0 / 35%);
        transition: translate 150ms;
      }
      .switch[aria-checked="true"] {
        background: var(--primary-color);
      }
      .switch[aria-checked="true"] i {
        translate: 18px;
      }
      :is(button, select, input):disabled {
        opacity: 0.45;
      }
      form {
        display: flex;
        align-items: center;
        gap: var(--ews-space-2);
      }
      :is(select, input) {
        min-height: 36px;
        max-width: 190px;
        padding: 0 var(--ews-space-2);
        border: 1px solid var(--divider-color);
        border-radius: var(--ews-radius-small);
        color: inherit;
        background: var(--card-background-color);
        font: inherit;
      }
      input {
        width: 84px;
        text-align: end;
      }
      .error {
        margin: 0 0 var(--ews-space-2);
        color: var(--ews-bad);
        font-size: 13px;
      }
      dialog {
        max-width: min(400px, calc(100vw - 32px));
        padding: var(--ews-space-6);
        border: 0;
        border-radius: var(--ha-border-radius-xl, 20px);
        color: var(--primary-text-color);
        background: var(--card-background-color);
      }
      dialog::backdrop {
        background: rgb(0 0 0 / 45%);
      }
      h4 {
        margin: 0 0 var(--ews-space-2);
        font-size: 18px;
        font-weight: var(--ews-medium-weight);
      }
      dialog p {
        margin: 0 0 var(--ews-space-4);
      }
      .actions {
        display: flex;
        justify-content: flex-end;
        gap: var(--ews-space-2);
      }
      .plain {
        min-height: 36px;
        padding: 0 var(--ews-space-4);
        border-radius: var(--ha-border-radius-pill, 9999px);
      }
      .plain:hover {
        background: var(--ews-track);
      }
    `,
  ];
}
