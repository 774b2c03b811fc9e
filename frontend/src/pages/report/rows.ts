import type { ClaimRow } from "../../types";

/** Two offsets in code points, the end exclusive. */
export type Span = readonly [number, number];

export type Kind = "source" | "cue" | "content" | "anchor";

/** A claim with the spans of the text that it stands on, and the propositions that it bears on. */
export interface PassageClaim extends ClaimRow {
  readonly spans: Readonly<Record<Kind, Span | null>>;
  readonly comes_from: string;
  readonly propositions: readonly { readonly proposition: string; readonly grade: string }[];
  readonly produced: Readonly<Record<string, string>>;
  readonly speaks_for: string | null;
  readonly extent: string;
  readonly date_precision: string;
  readonly time_expression: string | null;
  readonly extractor: string;
}

export interface VersionRow {
  readonly id: string;
  readonly said: string | null;
  readonly note: string | null;
  readonly form: string;
  readonly title: string;
  readonly gone: readonly string[];
  readonly new: readonly string[];
  readonly sha256: string;
}

/** What a machine made of the text and a person put beside it; nothing is read from it. */
export interface TranslationRow {
  readonly judgement: string;
  readonly made_by: string;
  readonly user: string;
  readonly made: string;
  readonly text: string;
  readonly direction: "ltr" | "rtl";
}

/** A report with everything that was read from it. */
export interface ReportRow {
  readonly id: string;
  readonly publisher: string | null;
  readonly kind: string;
  readonly title: string;
  readonly text: string;
  readonly sha256: string;
  readonly published: string | null;
  readonly retrieved: string | null;
  readonly url: string | null;
  readonly agencies: readonly string[];
  readonly dateline: string | null;
  readonly authors: readonly string[];
  readonly note: string | null;
  readonly forwarded_from: string | null;
  readonly form: string;
  readonly said: string | null;
  readonly direction: "ltr" | "rtl";
  readonly language: string | null;
  readonly origin: {
    readonly report: string;
    readonly publisher: string | null;
    readonly origin: string;
    readonly agencies: readonly string[];
    readonly reasons: readonly string[];
  } | null;
  readonly copies: readonly {
    readonly report: string;
    readonly publisher: string | null;
    readonly reasons: readonly string[];
  }[];
  readonly versions: readonly VersionRow[];
  readonly capture: {
    readonly sha256: string;
    readonly url: string;
    readonly retrieved: string;
    readonly media_type: string | null;
  } | null;
  readonly claims: readonly PassageClaim[];
  readonly translations: readonly TranslationRow[];
}
