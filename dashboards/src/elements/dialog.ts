/** Home Assistant's own dialog, filled. */

import { html, nothing, type TemplateResult } from "lit";
import type { Localize } from "../localize";

export interface Dialog {
  title: string;
  body: unknown;
  /** What the button says that takes it; pressed, the dialog stays until it is closed. */
  take: string;
  isDangerous?: boolean;
  isBusy: boolean;
  finish: () => void;
  /** Called when it is left in whatever way. */
  close: () => void;
  localize: Localize;
}

/** A dialog with something to take or to leave. */
export function dialog(options: Dialog): TemplateResult {
  const { close, localize } = options;
  return html`<ha-dialog
    open
    header-title=${options.title}
    prevent-scrim-close
    @closed=${(event: Event) => {
      // Lists inside the form close as well.
      if (event.target === event.currentTarget) close();
    }}
  >
    ${options.body}
    <ha-dialog-footer slot="footer">
      <ha-button slot="secondaryAction" appearance="plain" @click=${close}>
        ${localize("device.cancel")}
      </ha-button>
      <ha-button
        slot="primaryAction"
        variant=${options.isDangerous ? "danger" : nothing}
        ?disabled=${options.isBusy}
        @click=${options.finish}
      >
        ${options.take}
      </ha-button>
    </ha-dialog-footer>
  </ha-dialog>`;
}
