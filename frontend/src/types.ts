/** The rows that the server gives: the fields of `marsad COMMAND --format jsonl`, by the same names. */

/** An answer with many rows. */
export interface List<Row> {
  readonly items: readonly Row[];
  readonly total: number;
  readonly next: string | null;
  readonly as_of: string | null;
  readonly revision: string;
  readonly policy: string;
}

export interface Party {
  readonly name: string;
  readonly side: string | null;
  readonly kind: string;
}

export interface Theatre {
  readonly name: string;
  readonly zone: string;
  readonly parties: readonly Party[];
  readonly sides: readonly string[];
  readonly countries: readonly string[];
}

export interface Monitor {
  readonly name: string;
  /** Null where the monitor has no profile of a war. */
  readonly theatre: Theatre | null;
  readonly first: string | null;
  readonly last: string | null;
  readonly revision: string;
  readonly counts: {
    readonly reports: number;
    readonly claims: number;
    readonly propositions: number;
    readonly disputes_open: number;
    readonly disputes_settled: number;
    readonly towns: number;
  };
  readonly rules: string;
  readonly policy: string;
  readonly has_roads: boolean;
  readonly can_review?: boolean;
  /** Who the reader is known as, by a token. */
  readonly user?: string | null;
  readonly version: string;
}

export interface ClaimRow {
  readonly id: string;
  readonly report: string;
  readonly source: string;
  readonly speaker: string | null;
  readonly via: string | null;
  readonly relays: readonly string[];
  readonly event: string;
  readonly polarity: string;
  readonly certainty: string;
  readonly stance: string;
  readonly agent: string | null;
  readonly target: string | null;
  readonly place: string | null;
  readonly place_canonical: string | null;
  readonly gazetteer_id: string | null;
  readonly lat: number | null;
  readonly lon: number | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly anchor: string;
  readonly start: number;
  readonly end: number;
  readonly cue: string | null;
  readonly killed_min?: number;
  readonly killed_max?: number;
  readonly wounded_min?: number;
  readonly wounded_max?: number;
}

export interface DisputeRow {
  readonly proposition: string;
  readonly event: string;
  readonly agent: string | null;
  readonly place: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly grade: string;
  readonly graded_by: string | null;
  readonly open: boolean;
  readonly supporters: readonly string[];
  readonly deniers: readonly string[];
  readonly reports: readonly string[];
  readonly excluded_by: readonly string[];
  readonly also: readonly string[];
}

export interface ControlRow {
  readonly place: string;
  readonly gazetteer_id: string | null;
  readonly lat: number | null;
  readonly lon: number | null;
  readonly country: string | null;
  readonly according_to: string;
  readonly side: string | null;
  /** Null with status `unknown`: this account has no word on the place. */
  readonly holder: string | null;
  readonly status: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly last_heard: string | null;
  readonly silent_hours: number | null;
  readonly claims: readonly string[];
}

export interface SourceRow {
  readonly voice: string;
  readonly side: string | null;
  readonly topic: string;
  readonly claims: number;
  readonly held: number;
  readonly failed: number;
  readonly open: number;
  readonly share: number | null;
  readonly share_low: number | null;
  readonly share_high: number | null;
  readonly held_self_serving: number;
  readonly failed_self_serving: number;
  readonly held_against_interest: number;
  readonly failed_against_interest: number;
}

export interface Hit {
  readonly report: string;
  readonly published: string | null;
  readonly publisher: string;
  readonly title: string | null;
  /** Where words were found: characters of the report's text. */
  readonly passages: readonly (readonly [number, number])[];
  readonly excerpt: string;
  readonly claims: readonly ClaimRow[];
}

export interface NowcastRow {
  readonly place: string;
  readonly on: string;
  readonly holder: string;
  readonly probability: number;
  readonly last_heard: string | null;
  readonly claims: readonly string[];
}

/** One voice under a line of the situation report: `mark` is "+" for, "-" against, "" neither. */
export interface Said {
  readonly mark: string;
  readonly who: string;
  readonly words: string;
  readonly id: string;
}

export interface Line {
  readonly text: string;
  readonly ids: readonly string[];
  readonly claims: readonly string[];
  readonly said: readonly Said[];
}

export interface GridRow {
  readonly cells: readonly string[];
  readonly claims: readonly string[];
}

export interface Section {
  readonly title: string;
  /** What is said where the section is empty. */
  readonly none: string;
  readonly lines: readonly Line[];
  readonly more: readonly Line[];
  readonly grid: {
    readonly columns: readonly string[];
    readonly rows: readonly GridRow[];
    readonly more: readonly GridRow[];
  } | null;
  readonly left_off: number;
}

export interface Situation {
  readonly heading: readonly string[];
  readonly since: string | null;
  readonly reports: number;
  readonly new_reports: number;
  readonly sections: readonly Section[];
  readonly as_of: string | null;
}

export interface ActorEntry {
  readonly name: string;
  readonly kind: string;
  readonly side: string | null;
  readonly aliases: readonly string[];
  readonly speaks_for: string | null;
}

interface About {
  readonly disputes: readonly DisputeRow[];
  readonly claims: readonly ClaimRow[];
  readonly claims_in_all: number;
  readonly as_of: string | null;
}

export interface PlaceAnswer extends About {
  readonly place: {
    readonly name: string;
    readonly canonical: string | null;
    readonly lat: number | null;
    readonly lon: number | null;
    readonly country: string | null;
    readonly admin: string | null;
    readonly feature: string | null;
  };
  readonly spellings: readonly string[];
  readonly control: readonly ControlRow[];
  readonly nowcast: readonly NowcastRow[];
}

export interface VoiceAnswer extends About {
  readonly name: string;
  readonly side: string | null;
  readonly actor: ActorEntry | null;
  readonly sources: readonly string[];
  readonly record: readonly SourceRow[];
}

export interface ActorAnswer extends About {
  readonly name: string;
  readonly actor: ActorEntry | null;
  readonly control: readonly ControlRow[];
}
