import { mdiCheckCircleOutline, mdiDownload } from "@mdi/js";
import { css, html, nothing } from "lit";
import { state } from "lit/decorators.js";
import { exportData } from "../backend/commands";
import { errorText } from "../backend/errors";
import type { ExportEvent, Site } from "../backend/types";
import { meters } from "../consumption/parts";
import { errorMessage, icon } from "../elements/parts";
import { baseStyles, messageStyles } from "../elements/styles";
import { dayOf } from "../format/civil";
import { formatNumber } from "../format/numbers";
import { download } from "../hass/actions";
import type { ConfigForm, HomeAssistant, Unsubscribe } from "../hass/types";
import { SiteCard, type SiteCardConfig } from "./context";
import { siteForm } from "./editors";

type Kind = "device" | "group" | "load";

const KINDS: readonly Kind[] = ["device", "group", "load"];
const RATES = ["sample", "15min", "hour", "day", "week", "month"] as const;

/** Recorded data as files: what, of whom, from when to when, how fine (S210-S215). */
export class DownloadCard extends SiteCard<SiteCardConfig> {
  @state() private kind: Kind = "device";
  /** Numbers of what was left out. */
  @state() private omitted: ReadonlySet<number> = new Set();
  @state() private start = "";
  @state() private end = "";
  @state() private rate: (typeof RATES)[number] = "15min";
  @state() private hasCosts = false;
  @state() private progress: number | undefined;
  @state() private made: ExportEvent | undefined;
  @state() private error: unknown;
  private cancel: Unsubscribe | undefined;

  static getStubConfig(): Partial<SiteCardConfig> {
    return {};
  }

  static getConfigForm(): ConfigForm {
    return siteForm();
  }

  getCardSize(): number {
    return 8;
  }

  getGridOptions(): Record<string, unknown> {
    return { columns: 12, min_columns: 6 };
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopWork();
  }

  protected concerns(before: HomeAssistant): boolean {
    return before.locale !== this.hass.locale || before.devices !== this.hass.devices;
  }

  private objects(site: Site): { id: number; name: string }[] {
    if (this.kind === "group") return site.groups;
    if (this.kind === "load") {
      return site.loads.filter((load) => site.devices.some((d) => d.load === load.id));
    }
    return meters(site.devices);
  }

  override render() {
    const { hass, localize } = this;
    const site = this.store?.state.value;
    if (!site) {
      const { error } = this.store?.state ?? {};
      const again = () => void this.store?.refresh();
      return html`<ha-card>
        <h2>${localize("download.title")}</h2>
        ${
          error === undefined
            ? html`<span class="bone" style="width:100%;height:240px"></span>`
            : errorMessage(error, hass, localize, again)
        }
      </ha-card>`;
    }
    const today = dayOf(new Date(), site.time_zone);
    const start = this.start || `${today.slice(0, 7)}-01`;
    const end = this.end || today;
    const objects = this.objects(site);
    const chosen = objects.filter((one) => !this.omitted.has(one.id));
    const isWorking = this.progress !== undefined;
    const day = (label: string, value: string, set: (value: string) => void) =>
      html`<label class="field">
        <span>${label}</span>
        <input
          type="date"
          .value=${value}
          max=${today}
          ?disabled=${isWorking}
          @change=${(event: Event) => set((event.target as HTMLInputElement).value)}
        />
      </label>`;
    return html`<ha-card>
      <h2>${localize("download.title")}</h2>
      <p>${localize("download.about")}</p>
      <div class="fields">
        <legrand-ews-segmented
          .options=${KINDS.map((value) => ({ value, label: localize(`download.${value}`) }))}
          .value=${this.kind}
          .label=${localize("download.kind")}
          @change=${(event: CustomEvent<Kind>) => {
            this.kind = event.detail;
            this.omitted = new Set();
          }}
        ></legrand-ews-segmented>
        ${day(localize("download.start"), start, (value) => {
          this.start = value;
        })}
        ${day(localize("download.end"), end, (value) => {
          this.end = value;
        })}
        <legrand-ews-picker
          .options=${RATES.map((value) => ({ value, label: localize(`download.rates.${value}`) }))}
          .value=${this.rate}
          .label=${localize("download.rate")}
          @change=${(event: CustomEvent<(typeof RATES)[number]>) => {
            this.rate = event.detail;
          }}
        ></legrand-ews-picker>
        <label class="field">
          <input
            type="checkbox"
            .checked=${this.hasCosts}
            ?disabled=${isWorking}
            @change=${(event: Event) => {
              this.hasCosts = (event.target as HTMLInputElement).checked;
            }}
          />
          ${localize("download.costs")}
        </label>
      </div>
      ${this.choice(objects, isWorking)}
      <div class="work">
        ${
          isWorking
            ? html`<progress max="1" value=${this.progress ?? 0}></progress>
                <span role="status">
                  ${formatNumber(this.progress ?? 0, hass.locale, {
                    style: "percent",
                    maximumFractionDigits: 0,
                  })}
                </span>
                <button class="tonal" @click=${() => this.stopWork()}>
                  ${localize("device.cancel")}
                </button>`
            : html`<button
                class="tonal"
                ?disabled=${chosen.length === 0 || start > end}
                @click=${() => void this.begin(chosen, objects, start, end)}
              >
                  ${icon(mdiDownload)} ${localize("download.begin")}
                </button>
                ${start > end ? html`<span role="status">${localize("download.backwards")}</span>` : nothing}`
        }
        ${this.result()}
      </div>
    </ha-card>`;
  }

  private choice(objects: readonly { id: number; name: string }[], isWorking: boolean) {
    if (objects.length === 0) return html`<p>${this.localize("download.nothing")}</p>`;
    const isAll = objects.every((one) => !this.omitted.has(one.id));
    return html`<fieldset ?disabled=${isWorking}>
      <legend>${this.localize("download.which")}</legend>
      <label class="all">
        <input
          type="checkbox"
          .checked=${isAll}
          @change=${() => {
            this.omitted = new Set(isAll ? objects.map((one) => one.id) : []);
          }}
        />
        ${this.localize("download.all")}
      </label>
      <div class="objects">
        ${objects.map(
          ({ id, name }) => html`<label>
            <input
              type="checkbox"
              .checked=${!this.omitted.has(id)}
              @change=${() => {
                const omitted = new Set(this.omitted);
                if (!omitted.delete(id)) omitted.add(id);
                this.omitted = omitted;
              }}
            />
            ${name}
          </label>`,
        )}
      </div>
    </fieldset>`;
  }

  private result() {
    const { made, error, hass, localize } = this;
    if (error !== undefined) {
      return html`<p class="error" role="alert">${errorText(error, hass, localize)}</p>`;
    }
    if (!made?.url) return nothing;
    return html`<p class="made" role="status">
      ${icon(mdiCheckCircleOutline)}
      <a href=${made.url} download=${made.file ?? ""}>${made.file}</a>
      <small>${localize("download.files", { count: made.files?.length ?? 0 })}</small>
    </p>`;
  }

  private async begin(
    chosen: readonly { id: number }[],
    objects: readonly { id: number }[],
    start: string,
    end: string,
  ): Promise<void> {
    this.made = undefined;
    this.error = undefined;
    this.progress = 0;
    const ids =
      chosen.length === objects.length ? {} : { ids: chosen.map((one) => one.id) };
    const costs = this.hasCosts;
    const request = { kind: this.kind, rate: this.rate, start, end, costs, ...ids };
    try {
      this.cancel = await exportData(
        this.hass,
        this.config?.config_entry_id,
        request,
        (event) => this.follow(event),
      );
    } catch (error) {
      this.progress = undefined;
      this.error = error;
    }
  }

  private follow(event: ExportEvent): void {
    if (this.progress === undefined) return;
    if (event.error === undefined && event.url === undefined) {
      this.progress = event.progress ?? this.progress;
      return;
    }
    this.progress = undefined;
    this.error = event.error;
    if (event.url === undefined) return;
    this.made = event;
    download(event.url, event.file ?? "");
  }

  private stopWork(): void {
    this.progress = undefined;
    // The connection may have gone, and the work with it.
    void Promise.resolve(this.cancel?.()).catch(() => undefined);
    this.cancel = undefined;
  }

  static override styles = [
    baseStyles,
    messageStyles,
    css`
      ha-card {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--ews-space-4);
        padding: var(--ews-space-4);
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
      .fields {
        display: flex;
        flex-wrap: wrap;
        gap: var(--ews-space-2) var(--ews-space-4);
      }
      .field {
        display: flex;
        align-items: center;
        gap: var(--ews-space-2);
        min-height: 36px;
        padding-inline: var(--ews-space-4) var(--ews-space-2);
        border-radius: var(--ha-border-radius-pill, 9999px);
        background: var(--ews-track);
      }
      .field span,
      legend {
        color: var(--ews-muted);
      }
      input[type="date"] {
        border: 0;
        color: inherit;
        background: none;
        font: inherit;
        font-weight: var(--ews-medium-weight);
      }
      fieldset {
        min-width: 0;
        margin: 0;
        padding: 0;
        border: 0;
      }
      legend {
        padding: 0 0 var(--ews-space-2);
      }
      .objects {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 220px), 1fr));
        gap: 2px var(--ews-space-4);
        /* Below 255 devices nobody would look for the button. */
        max-height: max(40vh, 200px);
        overflow-y: auto;
      }
      fieldset label {
        display: flex;
        align-items: center;
        gap: var(--ews-space-2);
        min-height: 36px;
        overflow-wrap: anywhere;
      }
      .all {
        font-weight: var(--ews-medium-weight);
      }
      input[type="checkbox"] {
        flex: none;
        width: 18px;
        height: 18px;
        margin: 0;
        accent-color: var(--primary-color);
      }
      .work {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--ews-space-2) var(--ews-space-4);
        min-height: 40px;
      }
      .tonal:disabled {
        opacity: 0.45;
      }
      progress {
        flex: 1 1 200px;
        accent-color: var(--primary-color);
      }
      .made {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--ews-space-2);
      }
      .made svg {
        color: var(--ews-good);
      }
      .made a {
        color: var(--ews-action);
        font-weight: var(--ews-medium-weight);
      }
      .error {
        color: var(--ews-bad);
      }
    `,
  ];
}
