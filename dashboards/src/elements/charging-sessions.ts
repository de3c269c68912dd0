import { mdiDownload, mdiEvStation } from "@mdi/js";
import { css, html, LitElement, type PropertyValues } from "lit";
import { property, state } from "lit/decorators.js";
import { fetchSessionFile, fetchSessions } from "../backend/charging-commands";
import type { ChargingStation, LoggedSession } from "../backend/charging-types";
import { errorText } from "../backend/errors";
import { Source } from "../backend/loadable";
import { costText, durationText, totalCost } from "../charging/texts";
import { dateFormat } from "../format/buckets";
import { dayOf } from "../format/civil";
import { amountText, formatNumber } from "../format/numbers";
import { download } from "../hass/actions";
import type { HomeAssistant } from "../hass/types";
import type { Localize } from "../localize";
import { errorMessage, icon, message } from "./parts";
import { baseStyles, messageStyles } from "./styles";

const DAYS = [7, 31, 366] as const;
const DAY_MS = 86_400_000;

/** The session log: who charged when, how much, and for how much (S191). */
export class ChargingSessions extends LitElement {
  @property({ attribute: false }) hass!: HomeAssistant;
  @property() entry: string | undefined;
  @property({ attribute: false }) stations: readonly ChargingStation[] = [];
  /** Newest when a session has begun or ended: the log is asked for again. */
  @property() occasion = "";
  @property() zone = "";
  @property({ attribute: false }) localize!: Localize;
  @state() private days: (typeof DAYS)[number] = 31;
  @state() private only = "";
  @state() private news = 0;
  /** Why there is no file. */
  @state() private error: unknown;
  private source: Source<LoggedSession[]> | undefined;
  private stop: (() => void) | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stop?.();
    this.source = undefined;
  }

  protected override willUpdate(changes: PropertyValues): void {
    const isOther = ["days", "entry", "zone"].some((name) => changes.has(name));
    if (!this.isConnected || !this.zone) return;
    if (isOther || !this.source) {
      this.stop?.();
      this.source = new Source(() => this.ask());
      this.stop = this.source.listen(() => {
        this.news += 1;
      });
      void this.source.refresh();
    } else if (changes.has("occasion")) {
      void this.source.refresh();
    }
  }

  /** First and last day of what is shown. */
  private get span() {
    const now = Date.now();
    return {
      first: dayOf(new Date(now - (this.days - 1) * DAY_MS), this.zone),
      last: dayOf(new Date(now), this.zone),
    };
  }

  private ask(): Promise<LoggedSession[]> {
    const { first, last } = this.span;
    return fetchSessions(this.hass, this.entry, first, last);
  }

  override render() {
    const { source, hass, localize } = this;
    const { value, error } = source?.state ?? {};
    const stations = this.stations.map(({ id, name }) => ({
      value: String(id),
      label: name,
    }));
    return html`<div class="tools">
        <legrand-ews-segmented
          .options=${DAYS.map((days) => ({
            value: String(days),
            label: localize(`greenup.days_${days}`),
          }))}
          .value=${String(this.days)}
          .label=${localize("consumption.period")}
          @change=${(event: CustomEvent<string>) => {
            this.days = Number(event.detail) as (typeof DAYS)[number];
          }}
        ></legrand-ews-segmented>
        <legrand-ews-picker
          .options=${[{ value: "", label: localize("greenup.all_stations") }, ...stations]}
          .value=${this.only}
          .label=${localize("greenup.station")}
          @change=${(event: CustomEvent<string>) => {
            this.only = event.detail;
          }}
        ></legrand-ews-picker>
        <button
          class="icon-button"
          aria-label=${localize("greenup.download_sessions")}
          title=${localize("greenup.download_sessions")}
          ?disabled=${!value?.length}
          @click=${this.save}
        >
          ${icon(mdiDownload)}
        </button>
      </div>
      ${
        this.error === undefined
          ? ""
          : html`<p role="alert">${errorText(this.error, hass, localize)}</p>`
      }
      ${
        value
          ? this.table(value)
          : error === undefined
            ? html`<span class="bone" style="width:100%;height:240px"></span>`
            : errorMessage(error, hass, localize, () => void source?.refresh())
      }`;
  }

  private shown(sessions: readonly LoggedSession[]): LoggedSession[] {
    return sessions
      .filter(({ device }) => this.only === "" || this.only === String(device))
      .sort((a, b) => Date.parse(b.start) - Date.parse(a.start));
  }

  private table(all: readonly LoggedSession[]) {
    const { localize, hass } = this;
    const { locale } = hass;
    const sessions = this.shown(all);
    if (sessions.length === 0) {
      return message({
        path: mdiEvStation,
        title: localize("greenup.no_sessions"),
        text: localize("greenup.no_sessions_hint"),
      });
    }
    const day = dateFormat(locale, this.zone, {
      day: "numeric",
      month: "short",
      hour: "numeric",
      minute: "2-digit",
    });
    const number = (value: number) =>
      formatNumber(value, locale, {
        minimumFractionDigits: 1,
        maximumFractionDigits: 1,
      });
    const energy = sessions.reduce((sum, one) => sum + (one.energy ?? 0), 0);
    const { cost, currency } = totalCost(sessions);
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${localize("greenup.sessions")}>
      <table>
        <thead>
          <tr>
            <th scope="col">${localize("greenup.station")}</th>
            <th scope="col">${localize("greenup.plugged_in")}</th>
            <th scope="col">${localize("greenup.duration")}</th>
            <th scope="col">${localize("board.energy")}</th>
            <th scope="col">${localize("greenup.charge")}</th>
            <th scope="col">${localize("bill.cost")}</th>
            <th scope="col">${localize("greenup.end")}</th>
          </tr>
        </thead>
        <tbody>
          ${sessions.map((one) => {
            const end = one.end === null ? Date.now() : Date.parse(one.end);
            const seconds = (end - Date.parse(one.start)) / 1000;
            return html`<tr>
              <th scope="row">${one.name}</th>
              <td class="when">${day.format(new Date(one.start))}</td>
              <td class="duration">${durationText(seconds, locale)}</td>
              <td class="energy">${one.is_estimated ? "≈ " : ""}${amountText(one.energy, "Wh", locale)}</td>
              <td class="charge">${number(one.charge_ah)} Ah</td>
              <td class="money">${costText(one.cost, one.currency, locale) || "–"}</td>
              <td class="end">${localize(`greenup.ends.${one.end === null ? "running" : (one.reason ?? "unseen")}`)}</td>
            </tr>`;
          })}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colspan="3">${localize("consumption.total")}</th>
            <td class="energy">${amountText(energy, "Wh", locale)}</td>
            <td class="charge"></td>
            <td class="money">${costText(cost, currency, locale)}</td>
            <td class="end"></td>
          </tr>
        </tfoot>
      </table>
    </div>`;
  }

  /** The file has what is shown, in the site's own dialect. */
  private readonly save = async () => {
    const devices = this.only === "" ? [] : [Number(this.only)];
    const { first, last } = this.span;
    this.error = undefined;
    try {
      const { hass, entry } = this;
      const { file, url } = await fetchSessionFile(hass, entry, first, last, devices);
      download(url, file);
    } catch (error) {
      this.error = error;
    }
  };

  static override styles = [
    baseStyles,
    messageStyles,
    css`
      .tools {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--ews-space-2) var(--ews-space-4);
        margin-bottom: var(--ews-space-3);
      }
      .tools .icon-button {
        margin-inline-start: auto;
      }
      .scroll {
        overflow-x: auto;
      }
      table {
        width: 100%;
        border-collapse: collapse;
      }
      :is(th, td) {
        padding: 8px var(--ews-space-2);
        border-bottom: 1px solid var(--divider-color);
        font-weight: normal;
        text-align: end;
        white-space: nowrap;
      }
      :is(th:first-child, .end, thead th:last-child) {
        text-align: start;
      }
      thead th {
        padding-block: var(--ews-space-1);
        color: var(--ews-muted);
        font-size: var(--ews-small);
      }
      tfoot :is(th, td) {
        border-bottom: 0;
        font-weight: var(--ews-medium-weight);
      }
      .scroll {
        container-type: inline-size;
      }
      @container (max-width: 640px) {
        thead {
          display: none;
        }
        :is(table, tbody, tfoot) {
          display: block;
        }
        tr {
          display: grid;
          grid-template-columns: minmax(0, 1fr) auto;
          gap: 2px var(--ews-space-3);
          padding: var(--ews-space-2) 0;
          border-bottom: 1px solid var(--divider-color);
        }
        tr :is(th, td) {
          padding: 0;
          border: 0;
          white-space: normal;
        }
        tbody td {
          color: var(--ews-muted);
          font-size: 13px;
        }
        /* The facts of a session in pairs: what on the left, how much on the right. */
        tbody td:is(.when, .end) {
          grid-column: 1;
          text-align: start;
        }
        .energy {
          grid-area: 1 / 2;
        }
        .when {
          grid-row: 2;
        }
        .money {
          grid-area: 2 / 2;
        }
        .end {
          grid-row: 3;
        }
        .charge {
          grid-area: 3 / 2;
        }
        tbody td.duration {
          grid-area: 4 / 1 / auto / -1;
          text-align: start;
        }
        tfoot tr {
          border: 0;
        }
        tfoot :is(.charge, .end) {
          display: none;
        }
        tbody .energy {
          color: inherit;
          font-size: inherit;
        }
      }
    `,
  ];
}
