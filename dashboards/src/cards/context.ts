/** What the cards have in common: `hass`, the site, and their life on the page. */

import { LitElement, type PropertyValues } from "lit";
import { property, state } from "lit/decorators.js";
import { DOMAIN } from "../backend/commands";
import { type SiteStore, siteStore } from "../backend/site-store";
import type { HomeAssistant } from "../hass/types";
import { type Localize, localizer } from "../localize";

export interface SiteCardConfig {
  type: string;
  config_entry_id?: string;
}

/**
 * A card about one site. `hass` arrives with every change of any state, so a
 * card says itself with `concerns` which changes are worth a new drawing.
 */
export abstract class SiteCard<Config extends SiteCardConfig> extends LitElement {
  @property({ attribute: false }) hass!: HomeAssistant;
  @state() protected config: Config | undefined;
  /** Counts news from the stores, which are no properties themselves. */
  @state() protected news = 0;
  protected store: SiteStore | undefined;
  protected localize: Localize = localizer("en");
  private stop: (() => void) | undefined;

  setConfig(config: Config): void {
    this.config = config;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate("news");
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stop?.();
    this.stop = undefined;
    this.store = undefined;
  }

  protected override shouldUpdate(changes: PropertyValues): boolean {
    if (!this.hass || !this.config) return false;
    this.store?.update(this.hass);
    const before = changes.get("hass") as HomeAssistant | undefined;
    return changes.size > 1 || !before || this.concerns(before);
  }

  protected override willUpdate(changes: PropertyValues): void {
    const { language } = this.hass.locale;
    const before = changes.get("hass") as HomeAssistant | undefined;
    if (before?.locale.language !== language) {
      this.localize = localizer(language);
      void this.hass
        .loadBackendTranslation("exceptions", DOMAIN)
        .catch(() => undefined);
    }
    const store = siteStore(this.hass, this.config?.config_entry_id);
    if (store !== this.store && this.isConnected) {
      this.stop?.();
      this.store = store;
      this.stop = store.listen(() => this.tell());
      // Somebody opened the page again after a failure.
      if (store.state.error !== undefined && !store.state.isLoading)
        void store.refresh();
    }
  }

  /** Draw again because a store has news. */
  protected tell(): void {
    this.news += 1;
  }

  /** Whether a new `hass` differs in something that this card shows. */
  protected abstract concerns(before: HomeAssistant): boolean;
}
