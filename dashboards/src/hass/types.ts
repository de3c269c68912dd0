/** The part of Home Assistant's front end that the cards rely on. */

export interface FrontendLocale {
  language: string;
  number_format: string;
  time_format: string;
}

export interface EntityState {
  entity_id: string;
  state: string;
  attributes: Record<string, unknown>;
}

export type States = Readonly<Record<string, EntityState | undefined>>;

export type Unsubscribe = () => void | Promise<void>;

export interface Connection {
  subscribeMessage<T>(
    callback: (event: T) => void,
    message: Record<string, unknown>,
    options?: { resubscribe?: boolean },
  ): Promise<Unsubscribe>;
  /** `ready` is told whenever the connection is back. */
  addEventListener(event: "ready", listener: () => void): void;
  removeEventListener(event: "ready", listener: () => void): void;
}

export interface HomeAssistant {
  states: States;
  /** Home Assistant replaces the object whenever the device registry changes. */
  devices: object;
  locale: FrontendLocale;
  language: string;
  user?: { is_admin: boolean };
  themes?: { darkMode: boolean };
  connection: Connection;
  callService(
    domain: string,
    service: string,
    data: Record<string, unknown>,
    target: { entity_id: string },
    notifyOnError?: boolean,
  ): Promise<unknown>;
  callWS<T>(message: Record<string, unknown>): Promise<T>;
  localize(key: string, placeholders?: Record<string, string>): string;
  loadBackendTranslation(category: string, integration: string): Promise<unknown>;
}

export interface CardConfig {
  type: string;
  [option: string]: unknown;
}

export interface ViewConfig {
  title: string;
  path: string;
  icon: string;
  show_icon_and_title: boolean;
  type: "sections";
  max_columns: number;
  sections: SectionConfig[];
}

export interface SectionConfig {
  type: "grid";
  column_span: number;
  cards: CardConfig[];
}

export interface DashboardConfig {
  title: string;
  views: ViewConfig[];
}

/** A field of an editor that Home Assistant draws from a schema. */
export interface FormField {
  name: string;
  required?: boolean;
  selector: Record<string, unknown>;
}

export interface ConfigForm {
  schema: FormField[];
  computeLabel(field: FormField): string;
}

declare global {
  interface Window {
    customCards?: {
      type: string;
      name: string;
      description: string;
      preview: boolean;
      documentationURL?: string;
    }[];
    customStrategies?: {
      type: string;
      strategyType: "dashboard";
      name: string;
      description: string;
    }[];
  }
}
