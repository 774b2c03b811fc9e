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
  readonly name: string | null;
  readonly zone: string;
  readonly parties: readonly Party[];
  readonly sides: readonly string[];
  readonly countries: readonly string[];
}

export interface Monitor {
  readonly name: string;
  readonly theatre: Theatre;
  readonly first: string | null;
  readonly last: string | null;
  readonly revision: string;
  readonly counts: {
    readonly reports: number;
    readonly claims: number;
    readonly propositions: number;
    readonly disputes: { readonly open: number; readonly settled: number };
    readonly towns: number;
  };
  readonly rules: string;
  readonly policy: string;
  readonly has_roads: boolean;
  readonly can_review: boolean;
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
  readonly holder: string;
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
