import { css } from "lit";

/** Three columns on a desk, below one another on a phone. */
export const chargingRowStyles = css`
  :host {
    container: charging / inline-size;
  }
  .row {
    display: grid;
    grid-template-columns: minmax(200px, 1fr) minmax(220px, 1fr) minmax(290px, auto);
    align-items: center;
    gap: var(--ews-space-2) var(--ews-space-6);
    min-height: 110px;
    padding: var(--ews-space-3) var(--ews-space-4);
  }
  .who {
    display: flex;
    align-items: center;
    gap: var(--ews-space-3);
    min-width: 0;
  }
  .who > div {
    min-width: 0;
  }
  .sign {
    display: grid;
    flex: none;
    place-items: center;
    width: 44px;
    height: 44px;
    border-radius: 50%;
    --ews-tone: var(--primary-text-color);
    --ews-icon: 24px;
    color: color-mix(in srgb, var(--ews-tone) 70%, var(--primary-text-color));
    background: color-mix(in srgb, var(--ews-tone) 16%, transparent);
  }
  .calm.sign {
    background: var(--ews-track);
  }
  .good {
    --ews-tone: var(--ews-good);
  }
  .busy {
    --ews-tone: var(--primary-color);
  }
  .warn {
    --ews-tone: var(--ews-warn);
  }
  .bad {
    --ews-tone: var(--ews-bad);
  }
  h4 {
    display: flex;
    align-items: center;
    gap: 6px;
    margin: 0;
    font-size: var(--ews-normal);
    font-weight: var(--ews-medium-weight);
  }
  h4 > span:not([class]) {
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .address {
    flex: none;
    padding: 1px 8px;
    border-radius: var(--ha-border-radius-pill, 9999px);
    background: var(--ews-track-strong);
    font-size: var(--ews-small);
    white-space: nowrap;
  }
  .star {
    flex: none;
    color: color-mix(in srgb, var(--ews-warn) 80%, var(--primary-text-color));
    --ews-icon: 18px;
  }
  p {
    margin: 0;
  }
  .state {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--ews-space-3);
    margin-top: 2px;
  }
  .state b {
    color: color-mix(in srgb, var(--ews-tone, currentcolor) 70%, var(--primary-text-color));
    font-weight: var(--ews-medium-weight);
  }
  .status {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    color: var(--ews-muted);
    font-size: 13px;
  }
  .status i {
    width: 8px;
    height: 8px;
    border-radius: 50%;
    background: var(--disabled-color, #bdbdbd);
  }
  .status.on i {
    background: var(--ews-good);
  }
  .status:is(.communication_error, .failure) i {
    background: var(--ews-bad);
  }
  .figures {
    display: grid;
    gap: 4px;
    min-width: 0;
  }
  .figures.idle {
    color: var(--ews-muted);
  }
  .figures small {
    margin-inline-start: 6px;
    padding: 0 6px;
    border-radius: 6px;
    background: color-mix(in srgb, var(--ews-warn) 16%, transparent);
    font-size: var(--ews-small);
  }
  .figures b {
    font-weight: var(--ews-medium-weight);
  }
  :is(.current, .guarantee) {
    display: grid;
    gap: 2px;
  }
  .guarantee,
  .facts {
    color: var(--ews-muted);
    font-size: 13px;
  }
  div.facts {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--ews-space-2);
  }
  .meter {
    position: relative;
    height: 4px;
    border-radius: 2px;
    background: var(--ews-track-strong);
  }
  .meter i {
    display: block;
    height: 100%;
    border-radius: inherit;
    background: var(--primary-color);
    transition: inline-size 400ms;
  }
  .guarantee .meter i {
    background: var(--ews-muted);
  }
  .guarantee .meter i.reached {
    background: var(--ews-good);
  }
  .meter em {
    position: absolute;
    inset-block: -3px;
    width: 2px;
    margin-inline-start: -2px;
    background: var(--primary-text-color);
  }
  .orders {
    display: grid;
    grid-template-columns: repeat(2, auto);
    justify-content: end;
    align-items: center;
    gap: 0 var(--ews-space-3);
    min-width: 0;
  }
  .orders legrand-ews-control {
    font-size: 13px;
  }
  .facts .plain {
    display: inline-flex;
    flex: none;
    align-items: center;
    gap: 6px;
    min-height: 32px;
    margin-block: -4px;
    padding: 0 var(--ews-space-2);
    border-radius: var(--ha-border-radius-pill, 9999px);
    color: var(--ews-muted);
    font-size: 13px;
    --ews-icon: 18px;
  }
  .facts .plain:hover {
    color: var(--primary-text-color);
    background: var(--ews-track);
  }
  :is(.notice, [role="alert"]) {
    grid-column: 1 / -1;
  }
  .notice {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--ews-space-2);
    padding: 4px var(--ews-space-3);
    border-radius: var(--ews-radius-small);
    background: var(--ews-track);
    font-size: 13px;
  }
  .notice > span {
    flex: 1 1 200px;
  }
  .notice a {
    color: var(--primary-color);
    font-weight: var(--ews-medium-weight);
    white-space: nowrap;
  }
  .notice.bad {
    background: color-mix(in srgb, var(--ews-bad) 12%, transparent);
  }
  .notice.bad svg {
    color: var(--ews-bad);
  }
  [role="alert"]:not(:has(p)) {
    display: none;
  }
  .notice + .notice {
    margin-top: 4px;
  }
  @container charging (max-width: 900px) {
    .row {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    }
    .orders {
      grid-column: 1 / -1;
      justify-content: start;
    }
  }
  @container charging (max-width: 600px) {
    .row {
      grid-template-columns: minmax(0, 1fr);
      min-height: 84px;
      padding-inline: var(--ews-space-3);
    }
    .orders {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
      justify-content: stretch;
      gap: 0 var(--ews-space-2);
    }
    .orders legrand-ews-segmented {
      width: 100%;
    }
  }
`;
