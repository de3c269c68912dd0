import { css } from "lit";

/** The drawing, its tooltip and the table in its place. */
export const chartStyles = css`
      :host {
        position: relative;
        height: var(--ews-chart-height, 340px);
      }
      .plot {
        width: 100%;
        height: 100%;
        border-radius: var(--ews-radius-small);
        direction: ltr;
      }
      .plot:focus-visible {
        outline: 2px solid var(--primary-color);
        outline-offset: 4px;
      }
      .waiting {
        visibility: hidden;
      }
      .skeleton {
        position: absolute;
        inset: 28px 0 24px;
        display: flex;
        align-items: flex-end;
        justify-content: space-around;
        gap: 4%;
        border-bottom: 1px solid var(--divider-color);
      }
      .skeleton .bone {
        flex: 1;
        border-radius: 4px 4px 0 0;
        background: var(--ews-track);
      }
      .table {
        position: absolute;
        inset: 0;
        overflow: auto;
      }
      .plot.opening svg {
        cursor: pointer;
      }
      .table table {
        width: 100%;
        border-collapse: collapse;
        font-size: 13px;
      }
      .table caption {
        padding-bottom: var(--ews-space-2);
        color: var(--ews-muted);
        text-align: start;
      }
      .table :is(td, th) {
        padding: 4px var(--ews-space-2);
        border-bottom: 1px solid var(--divider-color);
        font-weight: normal;
        text-align: end;
        white-space: nowrap;
      }
      .table thead th {
        position: sticky;
        inset-block-start: 0;
        background: var(--card-background-color);
        font-weight: var(--ews-medium-weight);
      }
      .table :is(th:first-child, tbody th) {
        text-align: start;
      }
      .tip {
        min-width: 190px;
        max-width: 300px;
        padding: var(--ews-space-3);
        border: 1px solid var(--divider-color);
        border-radius: var(--ews-radius);
        color: var(--primary-text-color);
        background: var(--card-background-color);
        box-shadow: 0 4px 16px rgb(0 0 0 / 18%);
        font-family: var(--ha-font-family-body, inherit);
        font-size: 13px;
      }
      .tip h4 {
        margin: 0 0 var(--ews-space-1);
        font-size: inherit;
        font-weight: var(--ews-medium-weight);
      }
      .tip h4::first-letter {
        text-transform: uppercase;
      }
      .tip h4 span {
        float: inline-end;
        margin-inline-start: var(--ews-space-3);
        color: var(--ews-muted);
        font-weight: normal;
      }
      .tip p {
        display: flex;
        align-items: center;
        gap: var(--ews-space-2);
        margin: 0;
        line-height: 22px;
      }
      .tip p span {
        flex: 1;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .tip b {
        font-weight: normal;
      }
      .tip i {
        width: 10px;
        height: 10px;
        border-radius: 3px;
      }
      .tip i.previous {
        border: 1.5px solid var(--ews-muted);
        background: color-mix(in srgb, var(--ews-muted) 22%, transparent);
      }
      .tip .sum {
        margin-top: var(--ews-space-1);
        padding-top: var(--ews-space-1);
        border-top: 1px solid var(--divider-color);
      }
      .tip .sum :is(b, span) {
        font-weight: var(--ews-medium-weight);
      }
      .tip .before {
        color: var(--ews-muted);
      }
      .tip .before span::first-letter {
        text-transform: uppercase;
      }
`;
