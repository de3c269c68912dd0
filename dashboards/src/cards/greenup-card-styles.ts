import { css } from "lit";

/** Pages of the card: lists on the one, a grid of small cards on the other. */
export const greenupStyles = css`
  :host {
    container: greenup / inline-size;
  }
  :is(.toolbar, .above) {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--ews-space-2) var(--ews-space-4);
    min-height: 36px;
    margin-bottom: var(--ews-space-4);
  }
  .whole {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--ews-space-2) var(--ews-space-4);
    margin-inline-start: auto;
  }
  .hint {
    display: flex;
    flex: 1 1 300px;
    align-items: center;
    gap: var(--ews-space-2);
    margin: 0;
    color: var(--ews-muted);
    font-size: 13px;
  }
  .notice {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--ews-space-2);
    margin: 0 0 var(--ews-space-4);
    padding: var(--ews-space-2) var(--ews-space-3);
    border-radius: var(--ews-radius-small);
    --ews-tone: var(--ews-bad);
    background: color-mix(in srgb, var(--ews-tone) 14%, transparent);
  }
  .notice > span {
    flex: 1 1 220px;
  }
  .notice.warn {
    --ews-tone: var(--ews-warn);
  }
  .notice svg {
    color: color-mix(in srgb, var(--ews-tone) 80%, var(--primary-text-color));
  }
  .sections {
    display: grid;
    gap: var(--ews-space-4);
  }
  .sections li {
    border-top: 1px solid var(--divider-color);
  }
  .ghost {
    display: flex;
    align-items: center;
    gap: var(--ews-space-4);
    height: 84px;
    padding: 0 var(--ews-space-4);
  }
  .ghost .bone:first-child {
    border-radius: 50%;
  }
  .sessions legrand-ews-charging-sessions {
    padding: 0 var(--ews-space-4) var(--ews-space-4);
  }
  @container greenup (max-width: 700px) {
    .toolbar legrand-ews-segmented {
      order: 1;
      width: 100%;
    }
    .whole {
      justify-content: space-between;
      width: 100%;
      margin: 0;
    }
  }
`;
