import { css } from "lit";

/** Heading, tools and body of the cards about a period; the full screen. */
export const periodCardStyles = css`
      ha-card {
        display: block;
        padding: var(--ews-space-4);
        container-type: inline-size;
      }
      header {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--ews-space-2) var(--ews-space-4);
        min-height: 40px;
        margin-bottom: var(--ews-space-3);
      }
      h2 {
        margin: 0;
        font-size: var(--ha-font-size-xl, 20px);
        font-weight: var(--ews-medium-weight);
      }
      .body {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--ews-space-4);
        margin-top: var(--ews-space-4);
        transition: opacity 200ms 150ms;
      }
      .stale {
        opacity: 0.55;
      }
      .notice {
        display: flex;
        align-items: center;
        gap: var(--ews-space-2);
        margin: 0;
        padding: var(--ews-space-2) var(--ews-space-3);
        border-radius: var(--ews-radius-small);
        background: color-mix(in srgb, var(--ews-warn) 14%, transparent);
      }
      .notice svg {
        color: var(--ews-warn);
      }
      .figure {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--ews-space-4);
        align-items: start;
      }
      .nothing {
        display: grid;
        min-height: var(--ews-chart-height, 340px);
      }
      @container (min-width: 820px) {
        .figure:has(legrand-ews-series-legend) {
          grid-template-columns: minmax(0, 1fr) 300px;
          gap: var(--ews-space-6);
        }
        .figure {
          --ews-chart-height: 400px;
        }
      }
      @container (max-width: 520px) {
        .figure {
          --ews-chart-height: 280px;
        }
      }
  .heading {
    flex: 1 1 auto;
    min-width: 0;
  }
  .headline {
    min-height: 20px;
    margin: 0;
    color: var(--ews-muted);
  }
  .headline::first-letter {
    text-transform: uppercase;
  }
  .tools {
    display: flex;
    margin-inline-end: -8px;
  }
  @container (max-width: 700px) {
    .heading {
      flex: 1 1 0;
    }
    header > :not(.heading, .tools) {
      order: 1;
      flex: 1 0 100%;
    }
  }
  /* Many choices leave no room beside the heading. */
  @container (max-width: 1000px) {
    header:has(.choices) .heading {
      flex: 1 1 0;
    }
    header > .choices {
      order: 1;
      flex: 1 0 100%;
    }
  }
  /* Large texts on a small screen: the table moves in its frame, not the page. */
  .wide {
    overflow-x: auto;
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: var(--ews-space-2);
    min-width: 0;
  }
  :host([full]) {
    position: fixed;
    inset: 0;
    width: 100%;
    height: 100%;
    margin: 0;
    padding: 0;
    border: 0;
    overflow: auto;
    background: var(--primary-background-color);
  }
  :host([full]) ha-card {
    display: grid;
    grid-template-rows: auto auto minmax(0, 1fr);
    min-height: 100vh;
    padding: clamp(12px, 2vw, 40px);
    border: 0;
    border-radius: 0;
    box-shadow: none;
  }
  :host([full]) h2 {
    font-size: clamp(20px, 2.4vw, 40px);
  }
  :host([full]) .headline {
    color: inherit;
    font-size: clamp(16px, 1.8vw, 32px);
  }
  :host([full]) .body {
    grid-template-rows: auto minmax(0, 1fr);
  }
  :host([full]) .figure {
    --ews-chart-height: max(240px, calc(100vh - 310px));
  }
  /* A phone on its side: the headline has the sum, the rest is for the chart. */
  @media (max-height: 520px) {
    :host([full]) legrand-ews-total-tiles {
      display: none;
    }
    :host([full]) .figure {
      --ews-chart-height: max(160px, calc(100vh - 150px));
    }
    :host([full]) .figure:has(legrand-ews-series-legend) {
      grid-template-columns: minmax(0, 1fr) 260px;
    }
    :host([full]) legrand-ews-series-legend {
      max-height: var(--ews-chart-height);
      overflow: auto;
    }
  }
`;
