import { css } from "lit";

/** A bill as one reads it on paper: what it is for, and what it comes to. */
export const billSheetStyles = css`
  ha-card {
    display: block;
    padding: var(--ews-space-4);
    container-type: inline-size;
  }
  .heading {
    display: flex;
    align-items: center;
    gap: var(--ews-space-2) var(--ews-space-3);
    width: 100%;
    min-height: 40px;
    text-align: start;
  }
  h2 {
    margin: 0;
    font-size: var(--ha-font-size-xl, 20px);
    font-weight: var(--ews-medium-weight);
  }
  .heading .names {
    flex: 1 1 auto;
    min-width: 0;
  }
  .heading svg {
    color: var(--ews-muted);
  }
  .heading svg.turned {
    transform: rotate(180deg);
  }
  .heading b {
    font-weight: var(--ews-medium-weight);
    white-space: nowrap;
  }
  .days {
    display: block;
    color: var(--ews-muted);
    font-size: var(--ews-normal);
    font-weight: normal;
  }
  .state {
    display: flex;
    align-items: flex-start;
    gap: var(--ews-space-2);
    margin: var(--ews-space-3) 0 0;
    padding: var(--ews-space-2) var(--ews-space-3);
    border-radius: var(--ews-radius-small);
    background: var(--ews-track);
  }
  .state.differs {
    background: color-mix(in srgb, var(--ews-warn) 14%, transparent);
  }
  .state.differs svg {
    color: var(--ews-warn);
  }
  .state svg {
    color: var(--ews-muted);
  }
  table {
    width: 100%;
    margin-top: var(--ews-space-3);
    border-collapse: collapse;
  }
  :is(th, td) {
    padding: 6px 0;
    font-weight: normal;
    text-align: end;
    vertical-align: top;
    white-space: nowrap;
  }
  td {
    padding-inline-start: var(--ews-space-4);
  }
  th:first-child {
    text-align: start;
    white-space: normal;
    overflow-wrap: anywhere;
  }
  thead :is(th, td) {
    color: var(--ews-muted);
    font-size: var(--ews-small);
  }
  thead th + th {
    padding-inline-start: var(--ews-space-4);
  }
  .section :is(th, td) {
    padding-top: var(--ews-space-3);
    border-bottom: 1px solid var(--divider-color);
    font-weight: var(--ews-medium-weight);
  }
  tfoot :is(th, td) {
    padding-top: var(--ews-space-3);
    border-top: 2px solid var(--divider-color);
    font-size: var(--ews-large);
    font-weight: var(--ews-medium-weight);
  }
  .name {
    display: flex;
    align-items: baseline;
    gap: var(--ews-space-2);
  }
  .name i {
    flex: none;
    width: 12px;
    height: 12px;
    border-radius: 4px;
    transform: translateY(1px);
  }
  .inner :is(th, td) {
    color: var(--ews-muted);
    padding-block: 3px;
  }
  .inner th {
    padding-inline-start: var(--ews-space-4);
  }
  .fold {
    display: inline-flex;
    align-items: center;
    gap: 2px;
    min-height: 24px;
    color: var(--ews-muted);
    font-size: var(--ews-small);
    text-align: start;
    --ews-icon: 16px;
  }
  .fold svg.turned {
    transform: rotate(180deg);
  }
  small {
    display: block;
    color: var(--ews-muted);
    font-size: var(--ews-small);
  }
  .now {
    color: var(--ews-muted);
  }
  .note {
    margin: var(--ews-space-3) 0 0;
    color: var(--ews-muted);
    font-size: var(--ews-small);
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: var(--ews-space-2);
    margin-top: var(--ews-space-4);
  }
  .plain {
    min-height: 36px;
    padding: 0 var(--ews-space-4);
    font-weight: var(--ews-medium-weight);
    color: var(--ews-action);
  }
  .error {
    color: var(--ews-bad);
  }
  dialog {
    width: min(480px, calc(100vw - 32px));
    padding: var(--ews-space-6);
    border: 0;
    border-radius: var(--ha-border-radius-xl, 16px);
    color: inherit;
    background: var(--card-background-color, #fff);
    box-shadow: 0 8px 32px rgb(0 0 0 / 30%);
  }
  dialog::backdrop {
    background: rgb(0 0 0 / 45%);
  }
  dialog h3 {
    margin: 0 0 var(--ews-space-2);
    font-size: var(--ews-large);
    font-weight: var(--ews-medium-weight);
  }
  dialog p {
    margin: 0 0 var(--ews-space-2);
  }
  @container (min-width: 700px) {
    .item {
      display: grid;
      grid-template-columns: minmax(0, 2fr) minmax(0, 3fr);
      gap: var(--ews-space-4);
      align-items: baseline;
    }
  }
  @container (max-width: 520px) {
    td {
      padding-inline-start: var(--ews-space-2);
    }
    .actions {
      justify-content: stretch;
    }
    .actions > button {
      flex: 1 0 auto;
    }
  }
`;
