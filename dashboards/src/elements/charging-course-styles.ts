import { css } from "lit";
import { COURSE_HEIGHT_PX } from "../charging/course-options";

/** Tools and legend above the drawings; the drawing keeps its height. */
export const chargingCourseStyles = css`
  :host {
    height: auto;
  }
  .frame {
    position: relative;
    height: ${COURSE_HEIGHT_PX}px;
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: var(--ews-space-2);
    min-height: 36px;
    margin-bottom: var(--ews-space-3);
  }
  .tools .tonal {
    margin-inline-start: auto;
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 2px var(--ews-space-4);
    min-height: 20px;
    margin: 0 0 var(--ews-space-2);
    color: var(--ews-muted);
    font-size: var(--ews-small);
  }
  .legend span {
    display: inline-flex;
    align-items: center;
    gap: 6px;
  }
  .legend svg {
    width: 24px;
    height: 4px;
  }
  .legend i {
    width: 14px;
    height: 10px;
    border-radius: 2px;
  }
  [data-progress] {
    --ews-tone: var(--primary-color);
    background: var(--ews-tone);
  }
  [data-progress="waiting"] {
    --ews-tone: var(--ews-warn);
  }
  [data-progress="held"] {
    --ews-tone: var(--ews-muted);
  }
  :is([data-progress="waiting"], [data-progress="held"]) {
    background: none;
    outline: 1px solid var(--ews-tone);
    outline-offset: -1px;
  }
  .bone.whole {
    position: absolute;
    inset: 0;
    border-radius: var(--ews-radius-small);
  }
`;
