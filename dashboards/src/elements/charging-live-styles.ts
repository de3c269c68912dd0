import { css } from "lit";

/** A grid of cards: zones, queue and currents, the course, the events. */
export const chargingLiveStyles = css`
  :host {
    container: live / inline-size;
  }
  .live {
    display: grid;
    grid-template-columns: minmax(220px, 1fr) minmax(0, 2fr);
    gap: var(--ews-space-4);
  }
  :is(.zones, .course, .events) {
    grid-column: 1 / -1;
  }
  :is(.zones legrand-ews-charging-zones, legrand-ews-charging-course) {
    padding: 0 var(--ews-space-4) var(--ews-space-4);
  }
  .zones legrand-ews-charging-zones + legrand-ews-charging-zones {
    padding-top: var(--ews-space-4);
    border-top: 1px solid var(--divider-color);
  }
  .none {
    margin: 0;
    padding: 0 var(--ews-space-4) var(--ews-space-4);
    color: var(--ews-muted);
  }
  .queue {
    padding: 0 var(--ews-space-4) var(--ews-space-3);
    counter-reset: place;
  }
  .queue li {
    display: flex;
    align-items: center;
    gap: var(--ews-space-3);
    min-height: 40px;
    counter-increment: place;
  }
  .queue li::before {
    content: counter(place);
    display: grid;
    flex: none;
    place-items: center;
    width: 26px;
    height: 26px;
    border-radius: 50%;
    background: var(--ews-track-strong);
    font-size: 13px;
  }
  .queue small {
    margin-inline-start: auto;
    color: var(--ews-muted);
  }
  table {
    width: calc(100% - 2 * var(--ews-space-4));
    margin: 0 var(--ews-space-4) var(--ews-space-3);
    border-collapse: collapse;
  }
  :is(th, td) {
    padding: 6px 0 6px var(--ews-space-3);
    border-top: 1px solid var(--divider-color);
    font-weight: normal;
    text-align: end;
    vertical-align: top;
  }
  :is(th, td) small {
    display: block;
    color: var(--ews-muted);
    font-size: var(--ews-small);
  }
  th:first-child {
    padding-inline-start: 0;
    text-align: start;
  }
  thead th {
    border-top: 0;
    color: var(--ews-muted);
    font-size: var(--ews-small);
  }
  .log {
    max-height: 340px;
    padding: 0 var(--ews-space-4) var(--ews-space-3);
    overflow-y: auto;
  }
  .log li {
    display: grid;
    grid-template-columns: 20px 88px minmax(0, 1fr);
    gap: var(--ews-space-2);
    padding: 6px 0;
    border-top: 1px solid color-mix(in srgb, var(--divider-color) 60%, transparent);
    --ews-icon: 18px;
  }
  .log svg {
    margin-top: 1px;
    color: var(--ews-muted);
  }
  .log time {
    color: var(--ews-muted);
  }
  .log b {
    font-weight: var(--ews-medium-weight);
  }
  @container live (max-width: 700px) {
    .live {
      grid-template-columns: minmax(0, 1fr);
    }
    .log li {
      grid-template-columns: 20px minmax(0, 1fr);
    }
    .log span {
      grid-column: 2;
    }
  }
`;
