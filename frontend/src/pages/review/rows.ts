import type { ClaimRow } from "../../types";

/** A claim that somebody should look at, and why. */
export interface ReviewRow extends ClaimRow {
  readonly points: number;
  readonly reasons: readonly string[];
  readonly propositions: readonly string[];
  readonly words: string;
  readonly extent: string;
  readonly date_precision: string;
  readonly country: string | null;
}

/** What a person ruled. */
export interface JudgementRow {
  readonly id: string;
  readonly kind: string;
  readonly subject: string;
  readonly status: string;
  readonly claims: readonly string[];
  readonly values: Readonly<Record<string, unknown>> | null;
  readonly user: string;
  readonly reason: string;
  readonly made: string;
}

export type Ruling = "accept" | "correct" | "reject";

/** What one can change of a claim, by the columns that `marsad judge correct` takes. */
export const SETTABLE = [
  "event",
  "polarity",
  "certainty",
  "stance",
  "extent",
  "source",
  "speaker",
  "agent",
  "target",
  "place",
  "country",
  "from",
  "to",
  "killed_min",
  "killed_max",
  "wounded_min",
  "wounded_max",
] as const;
