import { css } from "lit";

/** Columns on a desk, two lines on a phone; the card sets the width `board`. */
export const rowStyles = css`
      .row {
        position: relative;
        display: grid;
        grid-template-columns: 36px minmax(0, 1fr) 112px 168px 124px 104px;
        align-items: center;
        column-gap: var(--ews-space-4);
        min-height: 56px;
        padding: 6px var(--ews-space-4);
        transition: background-color 120ms;
      }
      .row:has(a.name, button.name):hover {
        background: var(--ews-track);
      }
      .badge {
        position: relative;
        display: grid;
        place-items: center;
        width: 36px;
        height: 36px;
        border-radius: 50%;
        color: color-mix(in srgb, var(--ews-load) 80%, var(--primary-text-color));
        background: color-mix(in srgb, var(--ews-load) 18%, transparent);
      }
      .dot {
        position: absolute;
        inset-block-end: -1px;
        inset-inline-end: -1px;
        width: 11px;
        height: 11px;
        border: 2px solid var(--card-background-color);
        border-radius: 50%;
        background: var(--disabled-color, #bdbdbd);
      }
      .on .dot {
        background: var(--ews-good);
      }
      :is(.communication_error, .failure) .dot {
        background: var(--ews-bad);
      }
      .configuration .dot {
        background: var(--ews-warn);
      }
      .what {
        min-width: 0;
      }
      .title {
        display: flex;
        align-items: center;
        gap: 6px;
        min-width: 0;
      }
      .name {
        overflow: hidden;
        font-weight: var(--ews-medium-weight);
        text-align: start;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      /* The whole row leads where its name leads; the figures lie above it. */
      :is(a, button).name::after {
        content: "";
        position: absolute;
        inset: 0;
      }
      .model,
      .where small {
        overflow: hidden;
        color: var(--ews-muted);
        font-size: var(--ews-small);
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .badges {
        margin-top: 3px;
      }
      .where .functions {
        margin-top: 4px;
      }
      .inline-address {
        display: none;
      }
      .mark {
        position: relative;
        z-index: 1;
        flex: none;
        color: var(--ews-muted);
        --ews-icon: 16px;
      }
      .unverified {
        padding: 2px;
        border-radius: 6px;
        color: color-mix(in srgb, var(--ews-warn) 70%, var(--primary-text-color));
        background: color-mix(in srgb, var(--ews-warn) 16%, transparent);
      }
      .aside {
        flex: 0 100 auto;
        min-width: 0;
        padding: 0 6px;
        overflow: hidden;
        border-radius: 6px;
        background: var(--ews-track);
        font-size: 11px;
        line-height: 18px;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .where {
        display: grid;
        justify-items: start;
        min-width: 0;
      }
      .where small {
        max-width: 100%;
      }
      .address {
        padding: 1px 8px;
        border-radius: var(--ha-border-radius-pill, 9999px);
        background: var(--ews-track-strong);
        font-size: var(--ews-small);
        font-weight: var(--ews-medium-weight);
        white-space: nowrap;
      }
      .lines {
        display: grid;
        justify-items: end;
        color: var(--ews-muted);
        font-size: var(--ews-small);
        white-space: nowrap;
      }
      .power,
      .counter {
        display: grid;
        justify-items: end;
        gap: 3px;
      }
      .figure {
        position: relative;
        z-index: 1;
        padding: 2px 6px;
        margin: -2px -6px;
        border-radius: 6px;
        white-space: nowrap;
      }
      .figure:hover {
        background: var(--ews-track-strong);
      }
      .power .figure {
        font-size: var(--ews-large);
        font-weight: var(--ews-medium-weight);
      }
      small {
        color: var(--ews-muted);
        font-size: var(--ews-small);
        font-weight: normal;
      }
      .bar {
        width: 100%;
        height: 3px;
        overflow: hidden;
        border-radius: 2px;
        background: var(--ews-track);
      }
      .bar i {
        display: block;
        height: 100%;
        border-radius: inherit;
        transition: inline-size 400ms;
      }
      .state {
        grid-column: 4 / -1;
        justify-self: end;
        color: var(--ews-muted);
      }
      .communication_error .state {
        color: var(--ews-bad);
        font-weight: var(--ews-medium-weight);
      }
      .configuration .state {
        color: color-mix(in srgb, var(--ews-warn) 70%, var(--primary-text-color));
        font-weight: var(--ews-medium-weight);
      }
      .off :is(.name, .badge) {
        color: var(--ews-muted);
      }
      .explanation {
        display: flex;
        gap: var(--ews-space-2);
        margin: var(--ews-space-1) var(--ews-space-4) var(--ews-space-3);
        padding: var(--ews-space-2) var(--ews-space-3);
        border-radius: var(--ews-radius-small);
        background: color-mix(in srgb, var(--ews-warn) 12%, transparent);
        font-size: 13px;
      }
      @container board (max-width: 860px) {
        .row {
          grid-template-columns: 36px minmax(0, 1fr) 96px 112px 96px;
        }
        .lines {
          display: none;
        }
      }
      @container board (max-width: 600px) {
        .row {
          grid-template-columns: 36px minmax(0, 1fr) auto;
          grid-template-rows: auto auto;
          column-gap: var(--ews-space-3);
          padding: 8px var(--ews-space-3);
        }
        .badge,
        .what {
          grid-row: 1 / -1;
        }
        .where,
        .bar {
          display: none;
        }
        .inline-address {
          display: inline;
        }
        .power {
          grid-area: 1 / 3;
        }
        .counter {
          grid-area: 2 / 3;
          color: var(--ews-muted);
          font-size: var(--ews-small);
        }
        .power:empty + .counter {
          grid-row: 1 / -1;
          color: inherit;
          font-size: inherit;
        }
        .power .figure {
          font-size: var(--ews-normal);
        }
        .state {
          grid-area: 1 / 3 / -1;
          align-self: center;
          max-width: 110px;
          text-align: end;
        }
      }
    `;
