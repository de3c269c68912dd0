import { css } from "lit";

/** A row a rule; on a phone a row becomes a small card of its own. */
export const ruleTableStyles = css`
  :host {
    container-type: inline-size;
  }
  [role="row"] {
    display: grid;
    grid-template-columns:
      52px minmax(0, 1.4fr) minmax(0, 1.5fr) minmax(0, 1.2fr) minmax(0, 1.1fr)
      minmax(0, 1fr);
    align-items: center;
    gap: 0 var(--ews-space-3);
    padding: 0 var(--ews-space-2);
    border-bottom: 1px solid var(--divider-color);
  }
  .editable [role="row"] {
    grid-template-columns:
      52px minmax(0, 1.4fr) minmax(0, 1.5fr) minmax(0, 1.2fr) minmax(0, 1.1fr)
      minmax(0, 1fr) 148px;
  }
  .head [role="row"] {
    min-height: 32px;
  }
  [role="columnheader"] {
    color: var(--ews-muted);
    font-size: var(--ews-small);
  }
  .rule {
    min-height: 52px;
    background: var(--card-background-color);
  }
  .rule.active {
    background: color-mix(in srgb, var(--primary-color) 8%, var(--card-background-color));
  }
  .rule.dead > :not(.actions, .warning) {
    opacity: 0.55;
  }
  .order {
    display: flex;
    align-items: center;
    gap: 4px;
  }
  .order b {
    font-weight: var(--ews-medium-weight);
    color: var(--ews-muted);
  }
  .handle {
    display: grid;
    place-items: center;
    width: 28px;
    height: 36px;
    margin-inline-start: -8px;
    color: var(--ews-muted);
    cursor: grab;
    touch-action: none;
  }
  .tariff {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px var(--ews-space-2);
    min-width: 0;
    font-weight: var(--ews-medium-weight);
  }
  .tariff > i {
    flex: none;
    width: 14px;
    height: 14px;
    border-radius: 5px;
  }
  .text {
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .now {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    padding: 0 8px;
    border-radius: var(--ha-border-radius-pill, 9999px);
    color: color-mix(in srgb, var(--ews-good) 65%, var(--primary-text-color));
    background: color-mix(in srgb, var(--ews-good) 15%, transparent);
    font-size: var(--ews-small);
    line-height: 20px;
  }
  .now i {
    width: 8px;
    height: 8px;
    border-radius: 50%;
    background: var(--ews-good);
    animation: pulse 2.4s ease-in-out infinite;
  }
  @keyframes pulse {
    50% {
      opacity: 0.3;
      transform: scale(0.75);
    }
  }
  .when {
    display: contents;
  }
  .price {
    white-space: nowrap;
  }
  .price small {
    color: var(--ews-muted);
  }
  .actions {
    display: flex;
    justify-content: flex-end;
    margin-inline-end: -8px;
  }
  .warning {
    grid-column: 2 / -1;
    display: flex;
    align-items: center;
    gap: var(--ews-space-2);
    padding-bottom: var(--ews-space-2);
    font-size: var(--ews-small);
    --ews-icon: 16px;
  }
  .warning svg {
    color: var(--ews-warn);
  }
  @container (max-width: 760px) {
    .head {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    [role="row"].rule,
    .editable [role="row"].rule {
      grid-template-columns: 44px minmax(0, 1fr) auto;
      gap: 2px var(--ews-space-2);
      padding-block: var(--ews-space-2);
    }
    .order {
      grid-row: 1;
    }
    .price {
      grid-area: 1 / 3;
    }
    .when {
      display: block;
      grid-column: 2 / -1;
      color: var(--ews-muted);
    }
    .when > :not(:last-child)::after {
      content: " ·";
    }
    .actions {
      grid-column: 1 / -1;
    }
  }
`;
