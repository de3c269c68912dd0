import { mdiMenuDown } from "@mdi/js";
import { css, html, LitElement, nothing } from "lit";
import { property } from "lit/decorators.js";
import { icon } from "./parts";
import type { Option } from "./segmented";
import { baseStyles } from "./styles";

export interface Choice extends Option {
  /** Options with the same group stand below its name. */
  group?: string;
}

/** One choice out of many, in the browser's own list; fires `change` with the value. */
export class Picker extends LitElement {
  @property({ attribute: false }) options: readonly Choice[] = [];
  @property() value = "";
  @property() label = "";
  /** Shown while nothing is chosen. */
  @property() placeholder = "";

  override render() {
    return html`<label>
      ${this.label ? html`<span class="label">${this.label}</span>` : nothing}
      <select
        aria-label=${this.label ? nothing : this.placeholder}
        @change=${this.choose}
      >
        ${
          this.placeholder
            ? html`<option value="" ?selected=${this.value === ""} disabled>
                ${this.placeholder}
              </option>`
            : nothing
        }
        ${this.groups().map(([group, options]) =>
          group
            ? html`<optgroup label=${group}>${options.map((o) => this.option(o))}</optgroup>`
            : options.map((option) => this.option(option)),
        )}
      </select>
      ${icon(mdiMenuDown)}
    </label>`;
  }

  override updated(): void {
    // A list that came later than its value has not taken it.
    const select = this.renderRoot.querySelector("select");
    if (select && select.value !== this.value) select.value = this.value;
  }

  private groups(): [string, Choice[]][] {
    const groups = new Map<string, Choice[]>();
    for (const option of this.options) {
      const key = option.group ?? "";
      groups.set(key, [...(groups.get(key) ?? []), option]);
    }
    return [...groups];
  }

  private option({ value, label }: Choice) {
    return html`<option value=${value} ?selected=${value === this.value}>${label}</option>`;
  }

  private choose(event: Event): void {
    event.stopPropagation();
    const select = event.target as HTMLSelectElement;
    // Who shows the list says what is chosen: a list that only adds chooses nothing.
    this.dispatchEvent(new CustomEvent("change", { detail: select.value }));
  }

  static override styles = [
    baseStyles,
    css`
      :host {
        display: inline-block;
        min-width: 0;
        max-width: 100%;
      }
      label {
        position: relative;
        display: flex;
        align-items: center;
        min-height: 36px;
        border-radius: var(--ha-border-radius-pill, 9999px);
        background: var(--ews-track);
      }
      label:hover {
        background: var(--ews-track-strong);
      }
      .label {
        flex: none;
        padding-inline-start: var(--ews-space-4);
        color: var(--ews-muted);
        white-space: nowrap;
      }
      select:first-child {
        padding-inline-start: var(--ews-space-4);
      }
      select {
        flex: 1;
        min-width: 0;
        max-width: 260px;
        height: 36px;
        padding-inline: var(--ews-space-2) 36px;
        border: 0;
        border-radius: inherit;
        outline-offset: 1px;
        color: var(--primary-text-color);
        background: none;
        font: inherit;
        font-weight: var(--ews-medium-weight);
        text-overflow: ellipsis;
        cursor: pointer;
        appearance: none;
      }
      select:focus-visible {
        outline: 2px solid var(--primary-color);
      }
      option,
      optgroup {
        color: var(--primary-text-color);
        background: var(--card-background-color);
      }
      svg {
        position: absolute;
        inset-inline-end: 10px;
        color: var(--ews-muted);
        pointer-events: none;
      }
      @media (max-width: 600px) {
        :host {
          display: block;
          width: 100%;
        }
        select {
          max-width: none;
        }
      }
    `,
  ];
}
