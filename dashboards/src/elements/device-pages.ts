import { mdiChevronLeft, mdiChevronRight } from "@mdi/js";
import { html, LitElement, nothing } from "lit";
import { property, query, state } from "lit/decorators.js";
import type { Device, DeviceValues, Quantity } from "../backend/types";
import {
  type DevicePage,
  type Errors,
  hasDisabledSettings,
  type List,
  type Matrix,
  mainCommands,
  type Outputs,
  type Part,
  pagesOf,
} from "../device/pages";
import { stateOf, toneOf } from "../device/states";
import { nameOf, stateText } from "../device/texts";
import { commonMultiple, shown, type Values } from "../device/values";
import { followLink, showMoreInfo } from "../hass/actions";
import type { HomeAssistant } from "../hass/types";
import { type Localize, localizeAny } from "../localize";
import { devicePagesStyles } from "./device-pages-styles";
import { icon } from "./parts";
import { baseStyles } from "./styles";

/** Longer than any browser takes to scroll to the next page. */
const TURN_MS = 900;

/** The pages of a device: cards side by side on a desk, to be turned on a phone. */
export class DevicePages extends LitElement {
  @property({ attribute: false }) hass!: HomeAssistant;
  @property({ attribute: false }) device!: Device;
  @property({ attribute: false }) quantities: Record<string, Quantity> = {};
  /** Undefined while the first values are under way. */
  @property({ attribute: false }) live: DeviceValues | undefined;
  @property() zone = "UTC";
  @property() entry: string | undefined;
  @property({ attribute: false }) localize!: Localize;
  @state() private index = 0;
  @query(".pages") private scroller!: HTMLElement;
  /** Runs while a page is being turned. */
  private turning: ReturnType<typeof setTimeout> | undefined;

  override render() {
    const pages = pagesOf(this.device);
    if (pages.length === 0) return nothing;
    const index = Math.min(this.index, pages.length - 1);
    const current = pages[index];
    const arrow = (by: number, path: string, label: string) => html`<button
      class="icon-button"
      aria-label=${label}
      title=${label}
      ?disabled=${!pages[index + by]}
      @click=${() => this.turn(index + by)}
    >
      ${icon(path, "turns")}
    </button>`;
    return html`
      ${
        pages.length > 1
          ? html`<div class="pager">
              ${arrow(-1, mdiChevronLeft, this.localize("device.previous_page"))}
              <span role="status">
                ${current ? this.titleOf(current) : ""}
                <small>${index + 1} / ${pages.length}</small>
              </span>
              ${arrow(1, mdiChevronRight, this.localize("device.next_page"))}
            </div>`
          : nothing
      }
      <div class="pages" @scroll=${this.follow}>
        ${pages.map(
          (
            page,
          ) => html`<section data-page=${page.key} aria-label=${this.titleOf(page)}>
            <h3>${this.titleOf(page)}</h3>
            ${page.parts.map((part) => this.draw(part))}
          </section>`,
        )}
      </div>
    `;
  }

  protected override willUpdate(changes: Map<PropertyKey, unknown>): void {
    const before = changes.get("device") as Device | undefined;
    if (before && before.id !== this.device.id) {
      this.index = 0;
      this.scroller?.scrollTo({ left: 0 });
    }
  }

  private titleOf({ key }: DevicePage): string {
    return this.localize(`pages.${key}`);
  }

  private turn(index: number): void {
    this.index = index;
    // What is passed on the way there is not what was asked for.
    clearTimeout(this.turning);
    this.turning = setTimeout(this.arrive, TURN_MS);
    const side = getComputedStyle(this).direction === "rtl" ? -1 : 1;
    const left = side * index * this.scroller.clientWidth;
    this.scroller.scrollTo({ left, behavior: "smooth" });
  }

  private readonly arrive = () => {
    this.turning = undefined;
    this.follow();
  };

  /** The page that a finger has moved into view. */
  private follow(): void {
    const { clientWidth, scrollLeft } = this.scroller;
    if (this.turning !== undefined || clientWidth === 0) return;
    this.index = Math.round(Math.abs(scrollLeft) / clientWidth);
  }

  private draw(part: Part): unknown {
    switch (part.kind) {
      case "matrix":
        return this.matrix(part);
      case "list":
        return this.list(part);
      case "errors":
        return this.errors(part);
      case "outputs":
        return this.outputs(part);
      case "commands":
        return this.commands(part.keys);
      case "corrections":
        return html`<legrand-ews-corrections
          .hass=${this.hass}
          .device=${this.device}
          .quantities=${this.quantities}
          .zone=${this.zone}
          .entry=${this.entry}
          .localize=${this.localize}
        ></legrand-ews-corrections>`;
      default:
        return html`<legrand-ews-harmonics
          .hass=${this.hass}
          .device=${this.device}
          .entry=${this.entry}
          .localize=${this.localize}
        ></legrand-ews-harmonics>`;
    }
  }

  private get values(): Values {
    return this.live?.values ?? {};
  }

  private matrix({ columns, rows }: Matrix) {
    const { values } = this;
    const heading = (column: string) =>
      localizeAny(this.localize, `columns.${column}`, column);
    return html`<table>
      <thead>
        <tr>
          <td></td>
          ${columns.map((column) => html`<th scope="col">${heading(column)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(({ name, quantities }) => {
          const known = quantities.find((key) => key !== null) ?? "";
          const unit = this.quantities[known]?.unit ?? "";
          const multiple = commonMultiple(quantities, values, unit);
          return html`<tr>
            <th scope="row">
              ${localizeAny(this.localize, `matrix.${name}`, name)}
              ${multiple.unit ? html`<small>${multiple.unit}</small>` : nothing}
            </th>
            ${quantities.map((key) =>
              key === null
                ? html`<td></td>`
                : html`<td>
                    ${this.cell(key, this.numberOf(key, multiple))}
                  </td>`,
            )}
          </tr>`;
        })}
      </tbody>
    </table>`;
  }

  private numberOf(key: string, multiple: ReturnType<typeof commonMultiple>): string {
    const value = this.values[key];
    if (typeof value === "string") {
      return localizeAny(this.localize, `sectors.${value}`, value);
    }
    return shown(value, this.quantities[key], this.hass.locale, multiple).number;
  }

  /** A value that leads to its history where Home Assistant keeps one. */
  private cell(key: string, text: unknown): unknown {
    const entity = this.device.entities[key];
    if (!entity) return text;
    const name = nameOf(this.hass, this.device, key);
    return html`<button class="value" title=${name} @click=${() => showMoreInfo(this, entity)}>
      ${text}
    </button>`;
  }

  private list({ quantities }: List) {
    return html`<dl>
      ${quantities.map(
        (key) => html`<div>
          <dt>${nameOf(this.hass, this.device, key)}</dt>
          <dd>${this.cell(key, this.value(key))}</dd>
        </div>`,
      )}
    </dl>`;
  }

  private value(key: string): unknown {
    if (!this.live)
      return html`<span class="bone" style="width:56px;height:16px"></span>`;
    const quantity = this.quantities[key];
    const value = this.values[key];
    if (typeof value === "string") return this.tag(key, value);
    const { number, unit: own } = shown(value, quantity, this.hass.locale);
    const unit = this.device.units?.[key] ?? own;
    return html`${number} ${unit ? html`<small>${unit}</small>` : nothing}`;
  }

  private tag(key: string, value: string) {
    return html`<span class="tag ${toneOf(key, value)}">
      ${stateText(this.hass, this.localize, key, value)}
    </span>`;
  }

  /** What the bus says, or the entity until the bus has said anything. */
  private stateNow(key: string): string | undefined {
    const value = this.values[key];
    if (typeof value === "string") return value;
    return stateOf(this.device, key, this.hass.states);
  }

  private errors({ quantity }: Errors) {
    const current = this.stateNow(quantity);
    const names = (this.quantities[quantity]?.options ?? []).filter(
      (option) => option !== "none",
    );
    return html`<dl class="errors">
      ${names.map((name) => {
        const isOn = current === name;
        const text = this.localize(isOn ? "device.yes" : "device.no");
        return html`<div class=${isOn ? "is-on" : ""}>
          <dt>${stateText(this.hass, this.localize, quantity, name)}</dt>
          <dd>
            ${
              current === undefined
                ? "–"
                : html`<span class="tag ${isOn ? "bad" : "calm"}">${text}</span>`
            }
          </dd>
        </div>`;
      })}
    </dl>`;
  }

  private control(key: string) {
    return html`<legrand-ews-control
      .hass=${this.hass}
      .device=${this.device}
      .command=${key}
      .localize=${this.localize}
    ></legrand-ews-control>`;
  }

  private outputs({ numbers }: Outputs) {
    const { device } = this;
    const outputs = numbers.map((n) => {
      const settings = ["normal_state", "mode", "on_time"].map(
        (s) => `output_${n}_${s}`,
      );
      const main = `output_${n}`;
      const shownSettings = settings.filter(
        (key) => device.commands[key] || device.quantities.includes(key),
      );
      return html`<div class="output">
        ${device.commands[main] ? this.control(main) : this.plain(main)}
        ${
          shownSettings.length > 0
            ? html`<details>
                <summary>${this.localize("device.settings")}</summary>
                ${shownSettings.map((key) => (device.commands[key] ? this.control(key) : this.plain(key)))}
              </details>`
            : nothing
        }
      </div>`;
    });
    const path = `/config/devices/device/${device.device_id}`;
    return html`${outputs}
    ${
      hasDisabledSettings(device) && this.hass.user?.is_admin && device.device_id
        ? html`<p class="hint">
            ${this.localize("device.disabled_settings")}
            <a href=${path} @click=${followLink}>${this.localize("device.disabled_action")}</a>
          </p>`
        : nothing
    }`;
  }

  private plain(key: string) {
    return html`<dl>
      <div>
        <dt>${nameOf(this.hass, this.device, key)}</dt>
        <dd>${this.cell(key, this.value(key))}</dd>
      </div>
    </dl>`;
  }

  private commands(keys: readonly string[]) {
    const { device } = this;
    const enabled = keys.filter((key) => device.commands[key]);
    const disabled = keys.filter((key) => !device.commands[key]);
    return html`${enabled.map((key) => this.control(key))}
    ${this.missing("waiting", mainCommands(device.waiting_commands))}
    ${this.missing("disabled", disabled)}`;
  }

  /** Which commands are missing, why, and where that is put right (D9). */
  private missing(why: "waiting" | "disabled", keys: readonly string[]) {
    if (keys.length === 0) return nothing;
    const { hass, device, localize } = this;
    const isAdmin = hass.user?.is_admin && device.device_id;
    const path =
      why === "waiting"
        ? "/config/integrations/integration/legrand_ews"
        : `/config/devices/device/${device.device_id}`;
    return html`<div class="missing ${why}">
      <p>${localize(`device.${why}`)}</p>
      <ul>
        ${keys.map((key) => html`<li>${nameOf(hass, device, key)}</li>`)}
      </ul>
      ${
        isAdmin
          ? html`<a class="tonal" href=${path} @click=${followLink}>${localize(`device.${why}_action`)}</a>`
          : html`<p>${localize("device.ask_admin")}</p>`
      }
    </div>`;
  }

  static override styles = [baseStyles, devicePagesStyles];
}
