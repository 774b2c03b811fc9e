import type { ClaimRow } from "../../types";

/** One voice on a proposition, counted once however many outlets carry it. */
export interface VoiceRow {
  readonly name: string;
  readonly side: string | null;
  readonly sources: readonly string[];
  readonly claims: readonly string[];
  readonly first: string | null;
  readonly last: string | null;
  readonly reports: number;
  readonly interest: string;
}

/** One claim as a word on a proposition: what it counts as, and the sentence that it stands on. */
export interface EvidenceRow extends ClaimRow {
  readonly counts_as: string;
  readonly reasons: readonly string[];
  readonly words: string;
  readonly said: string | null;
  readonly copy_of: string | null;
}

/** A report with those that republish it. */
export interface OriginRow {
  readonly report: string;
  readonly publisher: string | null;
  readonly said: string | null;
  readonly copies: readonly {
    readonly report: string;
    readonly publisher: string | null;
    readonly said: string | null;
    readonly reasons: readonly string[];
  }[];
}

export interface ExclusionRow {
  readonly proposition: string;
  readonly headline: string;
  readonly grade: string;
  readonly reasons: readonly string[];
}

export interface StatementRow {
  readonly said: string | null;
  readonly voice: string;
  readonly side: string | null;
  readonly stance: string;
  readonly claim: string;
  readonly report: string;
  readonly counts: boolean;
}

/** What is known of one proposition: the verdict, both sides' words, and how it came about. */
export interface DossierRow {
  readonly proposition: string;
  readonly headline: string;
  readonly event: string;
  readonly place: { readonly name: string; readonly canonical: string | null } | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly grade: string;
  readonly means: string;
  readonly open: boolean;
  readonly by_hand: { readonly grade: string; readonly user: string; readonly reason: string } | null;
  readonly grade_by_rules: string;
  readonly rule_set: string;
  readonly rule_version: string;
  readonly settled_as: string | null;
  readonly settled_on: string | null;
  readonly working: readonly string[];
  readonly admiralty_source: string;
  readonly admiralty_item: string;
  readonly voices_for: readonly VoiceRow[];
  readonly voices_against: readonly VoiceRow[];
  readonly evidence: readonly EvidenceRow[];
  readonly origins: readonly OriginRow[];
  readonly excluded_by: readonly ExclusionRow[];
  readonly timeline: readonly StatementRow[];
}
