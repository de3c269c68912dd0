import { css, html, LitElement } from "lit";
import { property } from "lit/decorators.js";
import { baseStyles } from "./styles";

export interface Option {
  value: string;
  label: string;
}

/** One choice out of a few; fires `change` with the value as detail. */
export class Segmented extends LitElement {
  @property({ attribute: false }) options: readonly Option[] = [];
  @property() value = "";
  /** What is chosen, for screen readers. */
  @property() label = "";
  @property({ type: Boolean, reflect: true }) disabled = false;

  override render() {
    return html`<div role="radiogroup" aria-label=${this.label}>
      ${this.options.map(
        (option) => html`<label>
          <input
            type="radio"
            name="segment"
            .value=${option.value}
            .checked=${option.value === this.value}
            ?disabled=${this.disabled}
            @change=${(event: Event) => this.choose(event, option.value)}
          />
          <span>${option.label}</span>
        </label>`,
      )}
    </div>`;
  }

  private choose(event: Event, value: string): void {
    event.stopPropagation();
    this.value = value;
    this.dispatchEvent(new CustomEvent("change", { detail: value }));
  }

  static override styles = [
    baseStyles,
    css`
      :host {
        display: inline-block;
        max-width: 100%;
      }
      div {
        display: flex;
        flex-wrap: wrap;
        gap: 2px;
        padding: 3px;
        border-radius: 18px;
        background: var(--ews-track);
      }
      label {
        position: relative;
        flex: 1 1 auto;
        min-width: 0;
      }
      input {
        position: absolute;
        inset: 0;
        margin: 0;
        opacity: 0;
        pointer-events: none;
      }
      span {
        display: grid;
        place-items: center;
        cursor: pointer;
        min-height: 30px;
        padding: 0 14px;
        border-radius: var(--ha-border-radius-pill, 9999px);
        color: var(--ews-muted);
        font-weight: var(--ews-medium-weight);
        white-space: nowrap;
        transition:
          background-color 150ms,
          color 150ms;
      }
      label:hover span {
        color: var(--primary-text-color);
      }
      input:checked + span {
        color: var(--primary-text-color);
        background: color-mix(
          in srgb,
          var(--primary-color) 24%,
          var(--card-background-color)
        );
      }
      input:focus-visible + span {
        outline: 2px solid var(--primary-color);
        outline-offset: 1px;
      }
      @media (max-width: 600px) {
        span {
          padding: 0 6px;
        }
      }
      :host([disabled]) {
        opacity: 0.5;
      }
      :host([disabled]) label span {
        cursor: default;
      }
      @media (forced-colors: active) {
        input:checked + span {
          outline: 2px solid;
        }
      }
    `,
  ];
}
