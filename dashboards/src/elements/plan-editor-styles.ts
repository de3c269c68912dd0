import { css } from "lit";

/** Rules, tariffs and preview below one another. */
export const planEditorStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--ews-space-3);
  }
  header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--ews-space-2);
    min-height: 40px;
  }
  h3 {
    margin: 0;
    font-size: var(--ews-large);
    font-weight: var(--ews-medium-weight);
  }
  header + .about {
    margin-top: calc(-1 * var(--ews-space-3));
  }
  .about {
    margin: 0;
    color: var(--ews-muted);
  }
  footer {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--ews-space-2) var(--ews-space-4);
  }
  :is(footer, .about) a {
    color: var(--ews-action);
  }
  .warning {
    display: flex;
    align-items: center;
    gap: var(--ews-space-2);
    margin: 0;
    padding: var(--ews-space-2) var(--ews-space-3);
    border-radius: var(--ews-radius-small);
    background: color-mix(in srgb, var(--ews-warn) 14%, transparent);
  }
  .warning svg {
    color: var(--ews-warn);
  }
  .tariffs {
    display: flex;
    flex-wrap: wrap;
    gap: var(--ews-space-2);
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .tariffs li {
    max-width: 100%;
  }
  .tariffs :is(button, .tariff) {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 var(--ews-space-2);
    max-width: 100%;
    min-height: 40px;
    padding: 4px var(--ews-space-3);
    border: 1px solid var(--divider-color);
    border-radius: var(--ews-radius-small);
    text-align: start;
  }
  .tariffs button:hover {
    background: var(--ews-track);
  }
  .tariffs i {
    flex: none;
    width: 14px;
    height: 14px;
    border-radius: 5px;
  }
  .name {
    min-width: 0;
    overflow-wrap: anywhere;
  }
  b {
    font-weight: var(--ews-medium-weight);
  }
  small {
    color: var(--ews-muted);
  }
  .stale {
    opacity: 0.55;
  }
  button:disabled {
    opacity: 0.45;
  }
`;
