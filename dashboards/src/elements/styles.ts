/** The visual language: sizes and colours, all taken from the active theme. */

import { css } from "lit";

export const baseStyles = css`
  :host {
    --ews-space-1: var(--ha-space-1, 4px);
    --ews-space-2: var(--ha-space-2, 8px);
    --ews-space-3: var(--ha-space-3, 12px);
    --ews-space-4: var(--ha-space-4, 16px);
    --ews-space-6: var(--ha-space-6, 24px);
    --ews-radius: var(--ha-border-radius-lg, 12px);
    --ews-radius-small: var(--ha-border-radius-md, 8px);
    --ews-small: var(--ha-font-size-s, 12px);
    --ews-normal: var(--ha-font-size-m, 14px);
    --ews-large: var(--ha-font-size-l, 16px);
    --ews-medium-weight: var(--ha-font-weight-medium, 500);
    --ews-muted: var(--secondary-text-color);
    /* The theme's colour alone is too pale for letters on its own tint. */
    --ews-action: color-mix(
      in srgb,
      var(--primary-color) 66%,
      var(--primary-text-color)
    );
    --ews-track: color-mix(in srgb, var(--primary-text-color) 6%, transparent);
    --ews-track-strong: color-mix(in srgb, var(--primary-text-color) 12%, transparent);
    --ews-good: var(--success-color, #43a047);
    --ews-bad: var(--error-color, #db4437);
    --ews-warn: var(--warning-color, #ffa600);
    display: block;
    color: var(--primary-text-color);
    font-size: var(--ews-normal);
    line-height: 1.4;
    font-variant-numeric: tabular-nums;
    -webkit-font-smoothing: var(--ha-font-smoothing, antialiased);
  }
  * {
    box-sizing: border-box;
  }
  button {
    font: inherit;
    color: inherit;
    background: none;
    border: 0;
    padding: 0;
    cursor: pointer;
    -webkit-tap-highlight-color: transparent;
  }
  button:disabled {
    cursor: default;
  }
  a {
    color: inherit;
    text-decoration: none;
  }
  :is(button, a, input):focus-visible {
    outline: 2px solid var(--primary-color);
    outline-offset: 2px;
  }
  svg.icon {
    display: block;
    flex: none;
    width: var(--ews-icon, 20px);
    height: var(--ews-icon, 20px);
    fill: currentcolor;
  }
  .hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .icon-button {
    display: inline-grid;
    place-items: center;
    width: 36px;
    height: 36px;
    border-radius: 50%;
    color: var(--ews-muted);
    transition: background-color 120ms;
  }
  .icon-button:hover:not(:disabled) {
    background: var(--ews-track);
    color: var(--primary-text-color);
  }
  .icon-button:disabled {
    opacity: 0.35;
  }
  .icon-button:dir(rtl) svg.turns {
    transform: scaleX(-1);
  }
  .tonal {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: var(--ews-space-2);
    min-height: 36px;
    padding: 0 var(--ews-space-4);
    border-radius: var(--ha-border-radius-pill, 9999px);
    font-weight: var(--ews-medium-weight);
    color: var(--ews-action);
    background: color-mix(in srgb, var(--primary-color) 12%, transparent);
    transition: background-color 120ms;
  }
  .tonal:hover {
    background: color-mix(in srgb, var(--primary-color) 20%, transparent);
  }
  .bone {
    display: inline-block;
    border-radius: 6px;
    background: var(--ews-track-strong);
    animation: breathe 1.6s ease-in-out infinite;
  }
  @keyframes breathe {
    50% {
      opacity: 0.45;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      animation: none !important;
      transition: none !important;
    }
  }
`;

/** A message in the middle of a card: nothing here yet, or something failed. */
export const messageStyles = css`
  .message {
    display: grid;
    justify-items: center;
    align-content: center;
    gap: var(--ews-space-2);
    padding: var(--ews-space-6) var(--ews-space-4);
    text-align: center;
    color: var(--ews-muted);
    --ews-icon: 40px;
  }
  .message h3 {
    margin: 0;
    font-size: var(--ews-large);
    font-weight: var(--ews-medium-weight);
    color: var(--primary-text-color);
  }
  .message p {
    margin: 0 0 var(--ews-space-2);
    max-width: 46ch;
    text-wrap: balance;
  }
`;

/** Cards with a title, and lists in them. */
export const titledCardStyles = css`
  ha-card {
    display: block;
    overflow: hidden;
  }
  h2 {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--ews-space-2);
    margin: 0;
    padding: var(--ews-space-3) var(--ews-space-4);
    font-size: var(--ews-large);
    font-weight: var(--ews-medium-weight);
  }
  h2 svg {
    color: var(--ews-muted);
  }
  h2 small {
    color: var(--ews-muted);
    font-size: 13px;
    font-weight: normal;
  }
  ul,
  ol {
    margin: 0;
    padding: 0;
    list-style: none;
  }
`;
