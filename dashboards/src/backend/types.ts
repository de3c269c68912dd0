/** Answers of the integration's WebSocket commands. */

export interface Gateway {
  id: number;
  name: string;
  description: string;
  address: string;
  board: number | null;
  enabled: boolean;
  device_id: string | null;
  status_entity: string | null;
}

export interface Board {
  id: number;
  name: string;
  description: string;
  enabled: boolean;
  device_id: string | null;
}

export interface Load {
  id: number;
  key: string | null;
  name: string;
  color: string;
  enabled: boolean;
}

export interface Group {
  id: number;
  name: string;
  description: string;
  enabled: boolean;
}

export interface Device {
  id: number;
  name: string;
  gateway: number;
  address: string;
  family: string | null;
  family_name: string | null;
  model: string | null;
  printed: string | null;
  description: string | null;
  load: number | null;
  groups: number[];
  board: number | null;
  fluid: string | null;
  provenance: string | null;
  confidence: string | null;
  enabled: boolean;
  excluded_from_totals: boolean;
  functions: string[];
  /** Whether the user stated that the register map was checked. */
  map_confirmed: boolean;
  /** The user's own names of inputs and outputs. */
  channels: Record<string, string>;
  has_harmonics: boolean;
  /** Whether it takes part in a link between modules (S182). */
  is_linked?: boolean;
  /** Whether a charging station goes first (S125). */
  is_priority?: boolean;
  /** The user's own units of analogue inputs, by quantity. */
  units?: Record<string, string>;
  /** Everything the device delivers, also what has no enabled entity. */
  quantities: string[];
  /** Commands that exist; those with an enabled entity are in `commands`. */
  known_commands: string[];
  /** Commands that exist once the register map is confirmed. */
  waiting_commands: string[];
  device_id: string | null;
  status_entity: string | null;
  /** The weekly check by EN 50160; null where it is no power-quality device (S88). */
  power_quality_entity?: string | null;
  entities: Record<string, string>;
  commands: Record<string, string>;
}

export interface Quantity {
  unit: string;
  decimals: number;
  /** Names of the values of a state; empty for numbers. */
  options: string[];
}

export interface SiteName {
  config_entry_id: string;
  name: string;
}

export interface Site {
  config_entry_id: string;
  name: string;
  currency: string;
  time_zone: string;
  sample_length: number;
  /** Whether gas can be given in kilowatt-hours as well (S163). */
  has_gas_factor?: boolean;
  gateways: Gateway[];
  boards: Board[];
  loads: Load[];
  groups: Group[];
  devices: Device[];
  /** What is known of every quantity that some device has. */
  quantities: Record<string, Quantity>;
}

/** One end of a link; name and place are null when the device is gone. */
export interface LinkEnd {
  device: number;
  function: string;
  name: string | null;
  gateway: number | null;
  gateway_name: string | null;
  address: string | null;
}

/** A link between two modules that works without the server. */
export interface Link {
  event: LinkEnd;
  action: LinkEnd;
  comment: string;
  /** What is wrong with it, in the user's language. */
  error: string | null;
}

/** Harmonics of a device, in per cent of the fundamental. */
export interface Harmonics {
  ranks: number[];
  /** One value a rank; null where the device has none. */
  series: { quantity: string; values: (number | null)[] }[];
  unit: string;
  provenance: string;
  read_at: string;
}

/** What a counter did beside counting; amounts in the unit of its quantity. */
export interface Correction {
  at: string;
  device: number;
  quantity: string;
  kind: string;
  before: number;
  after: number;
  booked: number;
  unit: string;
}

/** What is known of a file that is being made; the last event has its address. */
export interface ExportEvent {
  progress?: number;
  file?: string;
  url?: string;
  files?: string[];
  error?: unknown;
}

/** All values of one device, as they come. */
export interface DeviceValues {
  status: string | null;
  error: string | null;
  read_at: string | null;
  /** Numbers in the unit of their quantity, states by name. */
  values: Record<string, number | string | null>;
}

export type Period = "day" | "month" | "year" | "10_years";
export type Bucket = "sample" | "hour" | "day" | "month" | "year";
export type Compare = "none" | "previous" | "last_year";
export type Fluid = "electricity" | "electricity_export" | "gas" | "gas_kwh" | "water";

export interface Series {
  kind: string;
  id: number | null;
  /** Set for predefined loads. */
  key?: string | null;
  name: string;
  color: string | null;
  /** One a bucket; null where nothing was measured. */
  values: (number | null)[];
  total: number | null;
}

export interface Span {
  start: string;
  end: string;
  buckets: string[];
  series: Series[];
  total: number | null;
  /** Indexes of buckets of which only a part was recorded. */
  partial: number[];
}

export interface Consumption extends Span {
  fluid: Fluid;
  /** Of every value: Wh or dm³. */
  unit: string;
  bucket: Bucket;
  complete: boolean;
  /** Where the recorded data of what is looked at begins and ends. */
  recorded?: { start: string | null; end: string | null };
  compare?: Span | null;
}

export interface ConsumptionQuery {
  level: string;
  by: string;
  ids?: number[];
  load?: number;
  group?: number;
  fluid: Fluid;
  period: Period;
  /** Any day in the period; left out for the running one. */
  date?: string;
  compare: Compare;
}
