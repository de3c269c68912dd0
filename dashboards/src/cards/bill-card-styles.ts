import { css } from "lit";

/** The bill as a table, and the card of the rules below it. */
export const billStyles = css`
  table {
    width: 100%;
    border-collapse: collapse;
  }
  :is(th, td) {
    padding: 10px var(--ews-space-2);
    border-bottom: 1px solid var(--divider-color);
    font-weight: normal;
    text-align: end;
    white-space: nowrap;
  }
  th:first-child {
    text-align: start;
    min-width: 5em;
    white-space: normal;
    overflow-wrap: anywhere;
  }
  thead th {
    padding-block: var(--ews-space-1);
    color: var(--ews-muted);
    font-size: var(--ews-small);
  }
  .tariff {
    display: flex;
    align-items: center;
    gap: var(--ews-space-2);
  }
  .tariff i {
    flex: none;
    width: 14px;
    height: 14px;
    border-radius: 5px;
  }
  .without {
    color: var(--ews-muted);
  }
  .money {
    font-weight: var(--ews-medium-weight);
  }
  .subtotal :is(th, td),
  tfoot :is(th, td) {
    font-weight: var(--ews-medium-weight);
  }
  tfoot :is(th, td) {
    border-bottom: 0;
  }
  .about {
    margin: 0;
    color: var(--ews-muted);
  }
  :host([full]) .body {
    grid-template-rows: none;
    align-content: start;
  }
  ha-card.rules {
    overflow: visible;
  }
  :is(ha-card.rules, legrand-ews-bill-sheet) {
    margin-top: var(--ews-space-4);
  }
  .rules h2 {
    display: flex;
    align-items: center;
    gap: var(--ews-space-2);
  }
  .rules h2 svg {
    color: var(--ews-muted);
  }
  @container (max-width: 520px) {
    :is(th, td) {
      padding-inline: 4px;
    }
  }
`;
