import {
  mdiAlertCircleOutline,
  mdiArrowRight,
  mdiDownload,
  mdiLinkVariant,
} from "@mdi/js";
import { css, html, nothing, type PropertyValues } from "lit";
import { exportLinks, fetchLinks } from "../backend/commands";
import { Source } from "../backend/loadable";
import type { Link, LinkEnd } from "../backend/types";
import { errorMessage, icon, message } from "../elements/parts";
import { baseStyles, messageStyles } from "../elements/styles";
import { download } from "../hass/actions";
import type { ConfigForm, HomeAssistant } from "../hass/types";
import { SiteCard, type SiteCardConfig } from "./context";
import { siteForm } from "./editors";

/** Links between modules: what happens on the left is acted on at the right (S179-S181). */
export class LinksCard extends SiteCard<SiteCardConfig> {
  private source: Source<Link[]> | undefined;
  private sourceOf: string | undefined;
  private stopSource: (() => void) | undefined;

  static getStubConfig(): Partial<SiteCardConfig> {
    return {};
  }

  static getConfigForm(): ConfigForm {
    return siteForm();
  }

  getCardSize(): number {
    return 5;
  }

  getGridOptions(): Record<string, unknown> {
    return { columns: 12, min_columns: 6 };
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopSource?.();
    this.source = undefined;
    this.sourceOf = undefined;
  }

  protected concerns(before: HomeAssistant): boolean {
    return before.locale !== this.hass.locale || before.devices !== this.hass.devices;
  }

  protected override willUpdate(changes: PropertyValues): void {
    super.willUpdate(changes);
    const { hass, config } = this;
    const key = JSON.stringify([config?.config_entry_id, hass.locale.language]);
    if (!this.isConnected || key === this.sourceOf) return;
    this.sourceOf = key;
    this.stopSource?.();
    this.source = new Source(() => fetchLinks(this.hass, config?.config_entry_id));
    this.stopSource = this.source.listen(() => this.tell());
    void this.source.refresh();
  }

  override render() {
    const { source, hass, localize } = this;
    if (!source) return nothing;
    const { value, error } = source.state;
    return html`<ha-card>
      <header>
        ${icon(mdiLinkVariant)}
        <div>
          <h2>${localize("links.title")}</h2>
          <p>${localize("links.about")}</p>
        </div>
        ${
          value && value.length > 0 && hass.user?.is_admin
            ? html`<button
                class="icon-button"
                aria-label=${localize("links.export")}
                title=${localize("links.export")}
                @click=${this.save}
              >
                ${icon(mdiDownload)}
              </button>`
            : nothing
        }
      </header>
      ${
        error !== undefined && !value
          ? errorMessage(error, hass, localize, () => void source.refresh())
          : value
            ? this.list(value)
            : html`<span class="bone" style="width:100%;height:120px"></span>`
      }
    </ha-card>`;
  }

  private list(links: readonly Link[]) {
    const { localize } = this;
    if (links.length === 0) {
      return message({
        path: mdiLinkVariant,
        title: localize("links.none"),
        text: localize("links.none_hint"),
      });
    }
    return html`<div class="heads" aria-hidden="true">
        <span>${localize("links.event")}</span><span></span>
        <span>${localize("links.action")}</span>
      </div>
      <ul>
        ${links.map(
          (link) => html`<li class=${link.error ? "faulty" : ""}>
            ${this.end(link.event, "links.event")} ${icon(mdiArrowRight, "turns")}
            ${this.end(link.action, "links.action")}
            ${link.comment ? html`<p class="comment">${link.comment}</p>` : nothing}
            ${
              link.error
                ? html`<p class="error">${icon(mdiAlertCircleOutline)} ${link.error}</p>`
                : nothing
            }
          </li>`,
        )}
      </ul>`;
  }

  private end(end: LinkEnd, role: "links.event" | "links.action") {
    const { localize } = this;
    const where = [
      end.gateway_name,
      end.address === null ? "" : localize("board.address", { address: end.address }),
    ].filter(Boolean);
    return html`<div class="end">
      <span class="hidden">${localize(role)}: </span>
      <b>${end.name ?? localize("links.gone", { device: end.device })}</b>
      <span>${end.function}</span>
      <small>${where.join(" · ")}</small>
    </div>`;
  }

  private readonly save = async () => {
    const { url } = await exportLinks(this.hass, this.config?.config_entry_id);
    download(url, "");
  };

  static override styles = [
    baseStyles,
    messageStyles,
    css`
      ha-card {
        display: block;
        padding: var(--ews-space-4);
        container-type: inline-size;
      }
      header {
        display: flex;
        align-items: flex-start;
        gap: var(--ews-space-3);
        margin-bottom: var(--ews-space-3);
        --ews-icon: 24px;
      }
      header > svg {
        margin-top: 2px;
        color: var(--ews-muted);
      }
      header > div {
        flex: 1;
        min-width: 0;
      }
      h2 {
        margin: 0;
        font-size: var(--ha-font-size-xl, 20px);
        font-weight: var(--ews-medium-weight);
      }
      p {
        margin: 0;
        color: var(--ews-muted);
      }
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      :is(li, .heads) {
        display: grid;
        grid-template-columns: minmax(0, 1fr) 24px minmax(0, 1fr);
        align-items: center;
        gap: var(--ews-space-1) var(--ews-space-4);
        padding: var(--ews-space-3) 0;
        border-top: 1px solid var(--divider-color);
      }
      .heads {
        padding: 0 0 var(--ews-space-1);
        border: 0;
        color: var(--ews-muted);
        font-size: var(--ews-small);
      }
      li > svg {
        color: var(--ews-muted);
      }
      .end {
        display: grid;
        min-width: 0;
        overflow-wrap: anywhere;
      }
      .end b {
        font-weight: var(--ews-medium-weight);
      }
      .end small {
        color: var(--ews-muted);
        font-size: var(--ews-small);
      }
      li > p {
        grid-column: 1 / -1;
        font-size: 13px;
      }
      .error {
        display: flex;
        gap: var(--ews-space-2);
        padding: var(--ews-space-2) var(--ews-space-3);
        border-radius: var(--ews-radius-small);
        color: inherit;
        background: color-mix(in srgb, var(--ews-bad) 12%, transparent);
      }
      .error svg {
        color: var(--ews-bad);
      }
    `,
  ];
}
