import { css } from "lit";

/** The ring of tariffs beside their list. */
export const tariffsStyles = css`
  .pie {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    gap: var(--ews-space-6);
    align-items: center;
    min-height: 320px;
  }
  .pie legrand-ews-ring {
    display: block;
  }
  h3 {
    margin: 0 0 var(--ews-space-2);
    font-size: var(--ews-normal);
    font-weight: var(--ews-medium-weight);
  }
  .circle {
    width: min(100%, 320px);
    aspect-ratio: 1;
    border-radius: 50%;
    justify-self: center;
  }
  @container (max-width: 620px) {
    .pie {
      grid-template-columns: minmax(0, 1fr);
    }
  }
`;
