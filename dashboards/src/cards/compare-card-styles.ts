import { css } from "lit";

/** The devices that are compared, as chips. */
export const compareStyles = css`
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
  .chips .icon-button {
    width: 32px;
    height: 32px;
    --ews-icon: 16px;
  }
`;
