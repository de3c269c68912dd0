import { css } from "lit";

/** Strips of a week, the carpet of a year, and what their colours mean. */
export const planPreviewStyles = css`
  :host {
    --ews-gap: color-mix(in srgb, var(--primary-text-color) 28%, transparent);
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 380px), 1fr));
    gap: var(--ews-space-4) var(--ews-space-6);
  }
  section {
    min-width: 0;
  }
  header {
    display: flex;
    align-items: center;
    gap: 2px;
    min-height: 40px;
  }
  h4 {
    flex: 1;
    margin: 0;
    font-size: var(--ews-normal);
    font-weight: var(--ews-medium-weight);
  }
  .name {
    white-space: nowrap;
  }
  ul {
    display: grid;
    gap: 4px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .week li {
    display: grid;
    grid-template-columns: 44px minmax(0, 1fr);
    align-items: center;
  }
  .weekday {
    color: var(--ews-muted);
    font-size: var(--ews-small);
  }
  .today .weekday {
    color: var(--primary-text-color);
    font-weight: var(--ews-medium-weight);
  }
  .ticks {
    position: relative;
    height: 18px;
    margin-inline-start: 44px;
    color: var(--ews-muted);
    font-size: var(--ews-small);
  }
  .ticks span {
    position: absolute;
    translate: -50%;
  }
  .ticks span:first-child {
    translate: 0;
  }
  .ticks span:last-child {
    translate: -100%;
  }
  .strip {
    position: relative;
    height: 24px;
    border-radius: 6px;
    background: var(--ews-track);
  }
  .strip button {
    position: absolute;
    inset-block: 0;
    border-inline-end: 1px solid var(--card-background-color);
  }
  .strip button:first-of-type {
    border-start-start-radius: 6px;
    border-end-start-radius: 6px;
  }
  .strip button:last-of-type {
    border-inline-end: 0;
    border-start-end-radius: 6px;
    border-end-end-radius: 6px;
  }
  .strip button:is(:hover, :focus-visible) {
    z-index: 1;
    box-shadow: 0 0 0 2px var(--primary-text-color);
    outline: none;
  }
  .mark {
    position: absolute;
    inset-block: -3px;
    width: 2px;
    border-radius: 1px;
    background: var(--primary-text-color);
    box-shadow: 0 0 0 1px var(--card-background-color);
    pointer-events: none;
  }
  .told {
    min-height: 20px;
    margin: var(--ews-space-2) 0 0;
    color: var(--ews-muted);
    font-size: var(--ews-small);
  }
  .carpet {
    display: grid;
    grid-template-columns: 44px minmax(0, 1fr);
    align-items: center;
    gap: 3px 0;
    padding-top: 2px;
  }
  .month {
    color: var(--ews-muted);
    font-size: var(--ews-small);
    line-height: 1;
  }
  .days {
    display: grid;
    grid-template-columns: repeat(31, minmax(0, 1fr));
    gap: 1px;
  }
  .days i {
    height: 14px;
    border-radius: 2px;
    cursor: pointer;
  }
  .days i:hover {
    box-shadow: 0 0 0 2px var(--primary-text-color);
  }
  .days i.today {
    box-shadow: 0 0 0 1.5px var(--primary-text-color);
  }
  .legend {
    grid-column: 1 / -1;
    display: flex;
    flex-wrap: wrap;
    gap: var(--ews-space-1) var(--ews-space-4);
  }
  .legend li {
    display: flex;
    align-items: center;
    gap: var(--ews-space-2);
  }
  .legend i {
    width: 12px;
    height: 12px;
    border-radius: 4px;
  }
`;
