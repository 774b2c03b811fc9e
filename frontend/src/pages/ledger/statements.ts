import type { DossierRow, EvidenceRow, OriginRow, StatementRow, VoiceRow } from "./rows";

/** One voice with its words, in order of statement. */
export interface Spoken {
  readonly voice: VoiceRow;
  readonly words: readonly Told[];
}

/** One sentence of a voice, with the reports that carry the same text. */
export interface Told {
  readonly evidence: EvidenceRow;
  readonly origin: OriginRow | null;
}

/** Return each voice of one side with its words, each sentence once; a copy stands where nothing else does. */
export function spoken(voices: readonly VoiceRow[], of: DossierRow): Spoken[] {
  const byId = new Map(of.evidence.map((one) => [one.id, one]));
  const origins = new Map(of.origins.map((one) => [one.report, one]));
  return voices.map((voice) => {
    const seen = new Set<string>();
    const words: Told[] = [];
    for (const id of voice.claims) {
      const evidence = byId.get(id);
      if (!evidence || (evidence.copy_of && voice.claims.some((other) => byId.get(other)?.copy_of === null))) continue;
      const sentence = `${evidence.report}\n${evidence.words}`;
      if (seen.has(sentence)) continue;
      seen.add(sentence);
      words.push({ evidence, origin: origins.get(evidence.report) ?? null });
    }
    return { voice, words };
  });
}

/** A lane of the timeline: a voice on one side, and when it spoke. */
export interface Lane {
  readonly voice: string;
  readonly side: string | null;
  readonly against: boolean;
  readonly at: readonly StatementRow[];
}

/** Return the lanes of a timeline, those for it first, each in order of its first statement. */
export function lanes(timeline: readonly StatementRow[]): Lane[] {
  const found = new Map<string, { lane: Lane; at: StatementRow[] }>();
  for (const one of timeline) {
    const against = one.stance === "denied";
    const key = `${against}\n${one.voice}`;
    const held = found.get(key);
    if (held) held.at.push(one);
    else {
      const at = [one];
      found.set(key, { lane: { voice: one.voice, side: one.side, against, at }, at });
    }
  }
  return [...found.values()].map(({ lane }) => lane).sort((a, b) => Number(a.against) - Number(b.against));
}

/** Return where instants stand between the first and the last of some, 0 to 1; the middle where there is but one. */
export function scale(instants: readonly string[]): (at: string) => number {
  const times = instants.map((one) => Date.parse(one)).filter((one) => !Number.isNaN(one));
  const first = Math.min(...times);
  const last = Math.max(...times);
  return (at) => (last > first ? (Date.parse(at) - first) / (last - first) : 0.5);
}
