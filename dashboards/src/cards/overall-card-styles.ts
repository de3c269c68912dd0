import { css } from "lit";

/** The table of fluids, and a ring each. */
export const overallStyles = css`
  table {
    width: 100%;
    border-collapse: collapse;
  }
  :is(th, td) {
    padding: 10px var(--ews-space-2);
    border-bottom: 1px solid var(--divider-color);
    font-weight: normal;
    text-align: end;
    vertical-align: middle;
  }
  thead th {
    padding-block: var(--ews-space-1);
    color: var(--ews-muted);
    font-size: var(--ews-small);
  }
  thead th::first-letter {
    text-transform: uppercase;
  }
  th:first-child {
    text-align: start;
  }
  .about {
    margin: 0;
    color: var(--ews-muted);
  }
  .unpriced {
    color: var(--ews-muted);
  }
  tfoot :is(th, td) {
    border-bottom: 0;
    font-weight: var(--ews-medium-weight);
  }
  .main {
    font-size: var(--ews-large);
    font-weight: var(--ews-medium-weight);
    white-space: nowrap;
  }
  td small {
    display: block;
    color: var(--ews-muted);
  }
  .fluid {
    display: inline-flex;
    align-items: center;
    gap: var(--ews-space-2);
    font-weight: var(--ews-medium-weight);
  }
  .fluid svg {
    color: var(--ews-fluid);
  }
  .rings {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 270px), 1fr));
    gap: var(--ews-space-4);
  }
  .rings.money {
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 240px), 1fr));
  }
  .rings[hidden] {
    display: none;
  }
  section {
    container: fluid / inline-size;
    min-height: 240px;
    padding: var(--ews-space-3) var(--ews-space-4) var(--ews-space-4);
    border: 1px solid var(--divider-color);
    border-block-start: 3px solid var(--ews-fluid);
    border-radius: var(--ews-radius);
  }
  h3 {
    margin: 0 0 var(--ews-space-3);
    font-size: var(--ews-large);
  }
  .circle {
    width: 168px;
    height: 168px;
    border-radius: 50%;
  }
  .none {
    color: var(--ews-muted);
  }
  @container fluid (max-width: 380px) {
    .circle {
      display: block;
      margin-inline: auto;
    }
  }
  @container (max-width: 520px) {
    :is(th, td) {
      padding-inline: 4px;
    }
  }
`;
