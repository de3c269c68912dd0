import { css } from "lit";

/** Toolbar, sections and their headers; rows have styles of their own. */
export const boardStyles = css`
      :host {
        container: board / inline-size;
      }
      .toolbar {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--ews-space-2) var(--ews-space-4);
        min-height: 36px;
        margin-bottom: var(--ews-space-4);
      }
      .chips {
        display: flex;
        flex-wrap: wrap;
        gap: var(--ews-space-2);
      }
      .chip {
        display: inline-flex;
        align-items: center;
        gap: 6px;
        min-height: 32px;
        padding: 0 var(--ews-space-3);
        border: 1px solid var(--divider-color);
        border-radius: var(--ha-border-radius-pill, 9999px);
        font-size: 13px;
        white-space: nowrap;
      }
      .chip:hover {
        background: var(--ews-track);
      }
      .chip b {
        color: var(--ews-muted);
        font-weight: var(--ews-medium-weight);
      }
      .chip[aria-pressed="true"] {
        border-color: var(--primary-color);
        background: color-mix(in srgb, var(--primary-color) 14%, transparent);
      }
      :is(.chip, .link) i {
        width: 8px;
        height: 8px;
        border-radius: 50%;
        background: var(--disabled-color, #bdbdbd);
      }
      :is(.chip.on, .link.connected) i {
        background: var(--ews-good);
      }
      :is(.chip.communication_error, .chip.failure) i {
        background: var(--ews-bad);
      }
      .chip.configuration i {
        background: var(--ews-warn);
      }
      .search {
        display: flex;
        flex: 1 1 200px;
        align-items: center;
        gap: var(--ews-space-2);
        max-width: 320px;
        min-height: 36px;
        margin-inline-start: auto;
        padding-inline: var(--ews-space-3) 2px;
        border-radius: var(--ha-border-radius-pill, 9999px);
        color: var(--ews-muted);
        background: var(--ews-track);
      }
      .search:focus-within {
        outline: 2px solid var(--primary-color);
      }
      .search input {
        flex: 1;
        min-width: 0;
        height: 36px;
        padding: 0;
        border: 0;
        outline: 0;
        color: var(--primary-text-color);
        background: none;
        font: inherit;
      }
      .search input::-webkit-search-cancel-button {
        display: none;
      }
      .search .icon-button {
        width: 32px;
        height: 32px;
      }
      .sections {
        display: grid;
        gap: var(--ews-space-4);
      }
      ha-card {
        display: block;
        overflow: hidden;
      }
      header {
        display: flex;
        align-items: center;
        gap: var(--ews-space-3);
        padding: var(--ews-space-3) var(--ews-space-4);
        border-bottom: 1px solid var(--divider-color);
        --ews-icon: 24px;
      }
      header > svg.icon {
        width: 36px;
        color: var(--ews-muted);
      }
      .names {
        flex: 1;
        min-width: 0;
      }
      :is(h2, .names p) {
        margin: 0;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      h2 {
        font-size: var(--ews-large);
        font-weight: var(--ews-medium-weight);
      }
      h2 a:hover {
        text-decoration: underline;
      }
      .names p {
        color: var(--ews-muted);
        font-size: var(--ews-small);
      }
      .link {
        display: inline-flex;
        flex: none;
        align-items: center;
        gap: 6px;
        font-size: 13px;
        --ews-icon: 16px;
      }
      .link.unreachable {
        padding: 2px 10px;
        border-radius: var(--ha-border-radius-pill, 9999px);
        color: var(--ews-bad);
        background: color-mix(in srgb, var(--ews-bad) 12%, transparent);
        font-weight: var(--ews-medium-weight);
      }
      .link.off {
        color: var(--ews-muted);
      }
      .count {
        flex: none;
        color: var(--ews-muted);
        font-size: 13px;
      }
      ul {
        margin: 0;
        padding: var(--ews-space-1) 0;
        list-style: none;
      }
      li + li {
        border-top: 1px solid color-mix(in srgb, var(--divider-color) 60%, transparent);
      }
      .ghost {
        display: flex;
        align-items: center;
        gap: var(--ews-space-4);
        height: 56px;
        padding: 0 var(--ews-space-4);
      }
      .ghost > span:nth-child(2) {
        flex: 1;
      }
      .ghost > .bone:first-child {
        border-radius: 50%;
      }
      .none {
        margin: 0;
        padding: var(--ews-space-4);
        color: var(--ews-muted);
      }
      @container board (max-width: 600px) {
        .toolbar legrand-ews-segmented {
          width: 100%;
        }
        .search {
          flex-basis: 100%;
          max-width: none;
        }
        .chips {
          flex-wrap: nowrap;
          max-width: 100%;
          overflow-x: auto;
          scrollbar-width: none;
        }
        header {
          flex-wrap: wrap;
          gap: var(--ews-space-1) var(--ews-space-3);
          padding: var(--ews-space-3);
        }
        .names {
          flex-basis: calc(100% - 48px);
        }
        .link {
          margin-inline-start: 48px;
        }
        .link + .count {
          margin-inline-start: auto;
        }
      }
    `;
