/** What an account said of the roads at a place, behind a leg's status or the closing of a way. */
export interface RoadWord {
  readonly place: { readonly name: string };
  readonly status: string;
  readonly why: string;
  readonly agent: string | null;
  readonly according_to: string;
  readonly start: string | null;
  readonly last_heard: string | null;
  readonly claims: readonly string[];
}

export interface Leg {
  readonly road: string;
  readonly kind: string;
  readonly km: number;
  readonly minutes: number;
  readonly status: string;
  readonly states: readonly RoadWord[];
  readonly line: readonly (readonly [number, number])[];
  readonly border: string | null;
}

export interface Passage {
  readonly legs: readonly Leg[];
  readonly km: number;
  readonly minutes: number;
}

/** By one account: its way, or null with what closes every way. */
export interface RouteView {
  readonly according_to: string;
  readonly side: string | null;
  readonly way: Passage | null;
  readonly closing: readonly RoadWord[];
}

export interface RouteAnswer {
  readonly answer: {
    readonly start: string;
    readonly end: string;
    readonly on: string | null;
    readonly free: Passage | null;
    readonly views: readonly RouteView[];
    readonly cuts: readonly (readonly string[])[];
    readonly cut_size: number | null;
    readonly most_towns: number;
    readonly by_passes: boolean;
    readonly assumptions: readonly string[];
    readonly attribution: string | null;
  };
}

/** Accounts that lead along the same roads with the same words on them, and those by which there is no way. */
export interface Told {
  readonly ways: readonly { readonly way: Passage; readonly accounts: readonly RouteView[] }[];
  readonly closed: readonly RouteView[];
}

/** Return the ways of an answer, each once with the accounts that give it: shared by most first. */
export function grouped(views: readonly RouteView[]): Told {
  const found = new Map<string, { way: Passage; accounts: RouteView[] }>();
  for (const view of views) {
    if (view.way === null) continue;
    const key = JSON.stringify(view.way.legs.map((leg) => [leg.status, leg.line]));
    const one = found.get(key);
    if (one) one.accounts.push(view);
    else found.set(key, { way: view.way, accounts: [view] });
  }
  const ways = [...found.values()].sort(
    (one, other) => other.accounts.length - one.accounts.length || one.way.minutes - other.way.minutes,
  );
  return { ways, closed: views.filter((view) => view.way === null) };
}
