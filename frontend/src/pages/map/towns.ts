/** One standing that an account gave a holder, from day to day: a row of `marsad control`. */
export interface Spell {
  readonly holder: string;
  readonly status: "held" | "claimed" | "contested" | "lost" | "denied" | "unknown";
  readonly from: string | null;
  readonly to: string | null;
  readonly last_heard: string | null;
  readonly silent_hours: number | null;
  readonly claims: readonly string[];
}

export interface Account {
  readonly according_to: string;
  readonly side: string | null;
  readonly spells: readonly Spell[];
}

export interface Town {
  readonly place: string;
  readonly canonical: string | null;
  readonly gazetteer_id: string | null;
  readonly lat: number | null;
  readonly lon: number | null;
  readonly country: string | null;
  readonly accounts: readonly Account[];
  readonly nowcast: { readonly holder: string; readonly probability: number; readonly on: string } | null;
  readonly disputed: boolean;
  readonly contested: boolean;
  readonly claims: number;
}

/** The likeliest holder of a place on a day. */
export interface Likely {
  readonly holder: string;
  readonly probability: number;
}

/** By whose word towns are coloured: all accounts where they agree, one account or side, or the nowcast. */
export type By =
  | { readonly kind: "agreed" }
  | { readonly kind: "nowcast" }
  | { readonly kind: "account"; readonly name: string };

/**
 * Who stands in a place on a day. `holds`: somebody has all of it; `contested`: somebody is inside without full hold;
 * `differs`: accounts name different holders; `lost`: it is only told who does not hold it; `unknown`: no word.
 */
export interface Standing {
  readonly kind: "holds" | "contested" | "differs" | "lost" | "unknown";
  readonly holder: string | null;
  /** Who else is told to hold it, by other accounts on the same day. */
  readonly rivals: readonly string[];
  readonly heard: string | null;
  /** Of a nowcast. */
  readonly probability?: number;
}

/** From a holder to the side that it is of, or its own name where it is of none. */
export type Camp = (holder: string) => string;

const NOBODY: Standing = { kind: "unknown", holder: null, rivals: [], heard: null };
/** What the nowcast calls a state in which nobody holds a place. */
const CONTESTED = "contested";
const NOT_KNOWN = "unknown";

/** Return whether a spell covers a day, as `marsad control --on` has it: its first day counts, its last does not. */
export function covers(spell: Spell, day: string): boolean {
  const first = spell.from ?? spell.last_heard?.slice(0, 10) ?? null;
  return first !== null && first <= day && (spell.to === null || day < spell.to);
}

/** Return who stands in a place on a day by one account's word. */
export function standingBy(account: Account, day: string, camp: Camp): Standing {
  const last = new Map<string, Spell>();
  for (const spell of account.spells) if (covers(spell, day)) last.set(spell.holder, spell);
  const standing = [...last.values()];
  const holding = standing.filter((spell) => spell.status === "held" || spell.status === "claimed");
  const inside = standing.filter((spell) => spell.status === "contested");
  const gone = standing.filter((spell) => spell.status === "lost" || spell.status === "denied");
  const camps = new Set(holding.map((spell) => camp(spell.holder)));
  const [first] = holding;
  const [entered] = inside;
  const foreign = inside.some((spell) => !camps.has(camp(spell.holder)));
  if (first && camps.size === 1 && !foreign) return told("holds", first.holder, [], holding);
  if (first) {
    const rivals = [...holding.slice(1), ...inside].map((spell) => spell.holder);
    return told("contested", first.holder, rivals, [...holding, ...inside]);
  }
  if (entered)
    return told(
      "contested",
      entered.holder,
      inside.slice(1).map((spell) => spell.holder),
      inside,
    );
  const [away] = gone;
  return away ? told("lost", away.holder, [], gone) : NOBODY;
}

/** Return who stands in a place on a day where accounts agree; where they do not, `differs` with all whom they name. */
export function standingAgreed(town: Town, day: string, camp: Camp): Standing {
  const words = town.accounts.map((account) => standingBy(account, day, camp)).filter((one) => one.kind !== "unknown");
  const holding = words.filter((one) => one.kind === "holds");
  const contested = words.filter((one) => one.kind === "contested");
  const gone = words.filter((one) => one.kind === "lost");
  const [first] = holding;
  if (!first?.holder) return contested[0] ? { ...contested[0], heard: latest(contested) } : (gone[0] ?? NOBODY);
  const own = camp(first.holder);
  const named = [...holding, ...contested].flatMap((one) => [one.holder, ...one.rivals]);
  const others = named.filter((name): name is string => name !== null && camp(name) !== own);
  const rivals = unlike(others, camp);
  const refused = gone.some((one) => one.holder !== null && camp(one.holder) === own);
  if (rivals.length > 0 || refused) return { kind: "differs", holder: first.holder, rivals, heard: latest(words) };
  if (contested.length > 0) return { kind: "contested", holder: first.holder, rivals, heard: latest(words) };
  return { kind: "holds", holder: first.holder, rivals, heard: latest(holding) };
}

/** Return who stands in a place on a day by the word chosen; another account's other word makes rivals. */
export function standing(town: Town, day: string, by: By, camp: Camp, likely: Likely | null = null): Standing {
  const all = standingAgreed(town, day, camp);
  if (by.kind === "agreed") return all;
  const own = by.kind === "nowcast" ? guessed(likely, all.heard) : standingBy(accountOf(town, by.name), day, camp);
  if (own.holder === null || own.kind === "lost" || all.kind !== "differs") return own;
  const holder = own.holder;
  const others = [all.holder, ...all.rivals].filter((name): name is string => name !== null);
  return {
    ...own,
    rivals: unlike([...own.rivals, ...others.filter((name) => camp(name) !== camp(holder))], camp),
  };
}

/** Return whether a town is drawn hatched: somebody else is told to be there, or nobody has all of it. */
export function hatched(one: Standing): boolean {
  return one.kind === "contested" || one.kind === "differs" || (one.kind === "holds" && one.rivals.length > 0);
}

/** Return whether who stands there is another than the day before. */
export function changes(one: Standing, before: Standing, camp: Camp): boolean {
  const key = (standing: Standing) => `${standing.kind} ${standing.holder === null ? "" : camp(standing.holder)}`;
  return key(one) !== key(before);
}

/** Return the accounts there are, most spoken of first: sides by their order, then everybody else. */
export function accountNames(
  towns: readonly Town[],
  sides: readonly string[],
): { readonly sides: readonly string[]; readonly others: readonly string[] } {
  const towned = new Map<string, number>();
  for (const town of towns)
    for (const { according_to: name } of town.accounts) towned.set(name, (towned.get(name) ?? 0) + 1);
  const others = [...towned].filter(([name]) => !sides.includes(name));
  others.sort(([one, often], [other, seldom]) => seldom - often || (one < other ? -1 : 1));
  return { sides: sides.filter((side) => towned.has(side)), others: others.map(([name]) => name) };
}

/** Return the name by which an address tells each town: that of the place, or its id where two are named alike. */
export function keys(towns: readonly Town[]): ReadonlyMap<Town, string> {
  const often = new Map<string, number>();
  for (const town of towns) often.set(town.place, (often.get(town.place) ?? 0) + 1);
  return new Map(
    towns.map((town) => [town, (often.get(town.place) ?? 0) > 1 ? (town.gazetteer_id ?? town.place) : town.place]),
  );
}

function accountOf(town: Town, name: string): Account {
  return (
    town.accounts.find((account) => account.according_to === name) ?? { according_to: name, side: null, spells: [] }
  );
}

function guessed(likely: Likely | null, heard: string | null): Standing {
  if (likely === null || likely.holder === NOT_KNOWN) return { ...NOBODY, heard };
  const { holder, probability } = likely;
  if (holder === CONTESTED) return { kind: "contested", holder: null, rivals: [], heard, probability };
  return { kind: "holds", holder, rivals: [], heard, probability };
}

function told(kind: Standing["kind"], holder: string, rivals: readonly string[], spells: readonly Spell[]): Standing {
  return { kind, holder, rivals, heard: latest(spells.map((spell) => ({ heard: spell.last_heard }))) };
}

function latest(words: readonly { readonly heard: string | null }[]): string | null {
  let found: string | null = null;
  for (const { heard } of words)
    if (heard !== null && (found === null || Date.parse(heard) > Date.parse(found))) found = heard;
  return found;
}

/** Return names of different camps, each camp once. */
function unlike(names: readonly string[], camp: Camp): string[] {
  const camps = new Map<string, string>();
  for (const name of names) if (!camps.has(camp(name))) camps.set(camp(name), name);
  return [...camps.values()];
}
