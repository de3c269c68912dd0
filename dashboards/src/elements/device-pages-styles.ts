import { css } from "lit";

/** Cards of at most 400 px: in columns on a desk, one by one on a phone (S264). */
export const devicePagesStyles = css`
  :host {
    container: pages / inline-size;
  }
  .pager {
    display: none;
    align-items: center;
    justify-content: space-between;
    gap: var(--ews-space-2);
    margin-bottom: var(--ews-space-2);
    --ews-icon: 24px;
  }
  .pager span {
    font-weight: var(--ews-medium-weight);
  }
  .pages {
    columns: 280px;
    column-gap: var(--ews-space-4);
  }
  section {
    display: block;
    max-width: 400px;
    margin-bottom: var(--ews-space-4);
    padding: var(--ews-space-3) var(--ews-space-4) var(--ews-space-4);
    border: 1px solid var(--divider-color);
    border-radius: var(--ews-radius);
    break-inside: avoid;
  }
  h3 {
    margin: 0 0 var(--ews-space-2);
    font-size: var(--ews-large);
    font-weight: var(--ews-medium-weight);
  }
  small {
    color: var(--ews-muted);
    font-size: var(--ews-small);
    font-weight: normal;
  }
  table {
    width: 100%;
    margin-bottom: var(--ews-space-2);
    border-collapse: collapse;
    font-size: 13px;
  }
  table :is(th, td) {
    padding: 6px 2px;
    border-bottom: 1px solid color-mix(in srgb, var(--divider-color) 60%, transparent);
    font-weight: normal;
    text-align: end;
    white-space: nowrap;
  }
  tbody th {
    text-align: start !important;
    white-space: normal !important;
  }
  tbody th small {
    display: block;
  }
  thead th {
    color: var(--ews-muted);
    font-size: var(--ews-small);
  }
  dl {
    margin: 0 0 var(--ews-space-2);
  }
  dl > div {
    display: flex;
    align-items: baseline;
    justify-content: space-between;
    gap: var(--ews-space-3);
    padding: 5px 0;
    border-bottom: 1px solid color-mix(in srgb, var(--divider-color) 60%, transparent);
  }
  dt {
    min-width: 0;
    color: var(--ews-muted);
    overflow-wrap: anywhere;
  }
  dd {
    flex: none;
    max-width: 60%;
    margin: 0;
    text-align: end;
  }
  .value {
    padding: 1px 4px;
    margin: -1px -4px;
    border-radius: 6px;
    text-align: end;
  }
  .value:hover {
    background: var(--ews-track-strong);
  }
  .tag {
    display: inline-block;
    padding: 1px 10px;
    border-radius: var(--ha-border-radius-pill, 9999px);
    background: var(--ews-track);
    --ews-tone: var(--primary-text-color);
    color: color-mix(in srgb, var(--ews-tone) 70%, var(--primary-text-color));
  }
  .tag:is(.good, .bad, .warn, .busy) {
    background: color-mix(in srgb, var(--ews-tone) 16%, transparent);
    font-weight: var(--ews-medium-weight);
  }
  .good {
    --ews-tone: var(--ews-good) !important;
  }
  .bad {
    --ews-tone: var(--ews-bad) !important;
  }
  .warn {
    --ews-tone: var(--ews-warn) !important;
  }
  .busy {
    --ews-tone: var(--primary-color) !important;
  }
  .errors .is-on dt {
    color: inherit;
    font-weight: var(--ews-medium-weight);
  }
  .output + .output {
    margin-top: var(--ews-space-2);
    padding-top: var(--ews-space-2);
    border-top: 1px solid var(--divider-color);
  }
  summary {
    padding: 4px 0;
    color: var(--ews-muted);
    font-size: 13px;
    cursor: pointer;
  }
  .missing {
    padding: var(--ews-space-3);
    border-radius: var(--ews-radius-small);
    background: var(--ews-track);
    font-size: 13px;
  }
  .missing.waiting {
    background: color-mix(in srgb, var(--ews-warn) 12%, transparent);
  }
  * + .missing {
    margin-top: var(--ews-space-3);
  }
  .hint {
    margin: var(--ews-space-3) 0 0;
    color: var(--ews-muted);
    font-size: 13px;
  }
  .hint a {
    color: var(--primary-color);
  }
  .missing p {
    margin: 0;
  }
  .missing ul {
    margin: var(--ews-space-1) 0 var(--ews-space-2);
    padding-inline-start: 20px;
  }
  @container pages (max-width: 616px) {
    .pager {
      display: flex;
    }
    .pages {
      display: flex;
      align-items: flex-start;
      columns: auto;
      column-gap: 0;
      overflow-x: auto;
      scroll-snap-type: x mandatory;
      scrollbar-width: none;
    }
    section {
      display: block;
      flex: 0 0 100%;
      min-width: 0;
      max-width: none;
      margin-bottom: 0;
      scroll-snap-align: start;
    }
    section > h3 {
      display: none;
    }
  }
`;
