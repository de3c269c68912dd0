import { css } from "lit";

/** What is compared, as chips, and the day of another period. */
export const compareStyles = css`
  .about {
    margin: 0;
    color: var(--ews-muted);
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: var(--ews-space-2);
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .chips li {
    display: flex;
    align-items: center;
    gap: var(--ews-space-2);
    max-width: 100%;
    min-height: 36px;
    padding-inline: var(--ews-space-3) 2px;
    border: 1px solid var(--divider-color);
    border-radius: var(--ha-border-radius-pill, 9999px);
  }
  .chips i {
    flex: none;
    width: 12px;
    height: 12px;
    border-radius: 4px;
  }
  .chips span {
    overflow-wrap: anywhere;
  }
  input[type="date"] {
    min-height: 36px;
    padding-inline: var(--ews-space-4);
    border: 0;
    border-radius: var(--ha-border-radius-pill, 9999px);
    color: var(--primary-text-color);
    background: var(--ews-track);
    font: inherit;
  }
  .chips .icon-button {
    width: 32px;
    height: 32px;
    --ews-icon: 16px;
  }
`;
