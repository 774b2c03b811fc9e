import { computed, effect, signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { get, Problem, question } from "./api";
import { LANGUAGES, language } from "./i18n";
import { address, type Query } from "./route";
import { type Mark, marks } from "./sides";
import type { Monitor } from "./types";

/** What a page knows of an answer; while another one is awaited, the one before stays in sight. */
export interface Loaded<T> {
  readonly data: T | null;
  readonly problem: Problem | null;
  readonly waiting: boolean;
  readonly again: () => void;
}

/** What has come in since the reader asked. */
export interface News {
  readonly revision: string;
  readonly reports: number;
  readonly claims: number;
}

export type Theme = "auto" | "light" | "dark";

export const monitor = signal<Monitor | null>(null);
export const monitorProblem = signal<Problem | null>(null);
/** What the server has that no page shows yet: pages change under nobody, but when the reader says so. */
export const news = signal<News | null>(null);
export const theme = signal<Theme>(storedTheme());

/** The zone in which times are told: the theatre's, or UTC where the reader asks for it. */
export const zone = computed(() =>
  address.value.query.zone === "utc" ? "UTC" : (monitor.value?.theatre?.zone ?? "UTC"),
);

const sideMarks = computed(() => marks(monitor.value?.theatre?.sides ?? []));
const partySides = computed(() => new Map(monitor.value?.theatre?.parties.map((one) => [one.name, one.side])));
const shown = signal(0);

/** Return the mark of a side, or null where there is none. */
export function markOf(side: string | null): Mark | null {
  return side === null ? null : (sideMarks.value.get(side) ?? null);
}

/** Return the side of a party, a side itself for its own name, null where none is known. */
export function sideOf(name: string): string | null {
  return partySides.value.get(name) ?? (sideMarks.value.has(name) ? name : null);
}

/** Return what the server answers to a question, asked anew when it changes; `path` null asks nothing. */
export function useAnswer<T>(path: string | null, query: Query = {}): Loaded<T> {
  const url = path === null ? null : question(path, query);
  const [tries, setTries] = useState(0);
  const [held, setHeld] = useState<{ url: string | null; data: T | null; problem: Problem | null; waiting: boolean }>({
    url: null,
    data: null,
    problem: null,
    waiting: url !== null,
  });
  const generation = shown.value;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new generation or try asks the same question again
  useEffect(() => {
    if (url === null) {
      setHeld({ url, data: null, problem: null, waiting: false });
      return undefined;
    }
    const stop = new AbortController();
    setHeld((before) => ({ ...before, problem: null, waiting: true }));
    get<T>(url, stop.signal).then(
      (data) => setHeld({ url, data, problem: null, waiting: false }),
      (reason: unknown) => {
        if (!stop.signal.aborted) setHeld({ url, data: null, problem: problemOf(reason), waiting: false });
      },
    );
    return () => stop.abort();
  }, [url, generation, tries]);
  return { data: held.data, problem: held.problem, waiting: held.waiting, again: () => setTries((n) => n + 1) };
}

/** Show what has come in: every page asks again. */
export function showNews(): void {
  news.value = null;
  shown.value += 1;
  void loadMonitor();
}

/** Ask what monitor this is. */
export async function loadMonitor(): Promise<void> {
  try {
    monitor.value = await get<Monitor>(question("monitor"));
    monitorProblem.value = null;
  } catch (reason) {
    monitorProblem.value = problemOf(reason);
  }
}

/** Hear of what comes in, for as long as the page is open. The browser itself calls again after a break. */
export function hearNews(): void {
  const events = new EventSource("/api/events");
  events.addEventListener("revision", (event) => {
    const told = JSON.parse((event as MessageEvent<string>).data) as News;
    news.value = told.revision === monitor.value?.revision ? null : told;
  });
}

/** Keep the document's language, direction, and colours as they were chosen. */
export function dressDocument(): void {
  effect(() => {
    document.documentElement.lang = language.value;
    document.documentElement.dir = LANGUAGES[language.value].dir;
  });
  effect(() => {
    document.documentElement.dataset.theme = theme.value;
    try {
      localStorage.setItem("marsad.theme", theme.value);
    } catch {
      // A browser that keeps nothing still shows the pages.
    }
  });
}

function storedTheme(): Theme {
  try {
    const stored = localStorage.getItem("marsad.theme");
    return stored === "light" || stored === "dark" ? stored : "auto";
  } catch {
    return "auto";
  }
}

function problemOf(reason: unknown): Problem {
  return reason instanceof Problem ? reason : new Problem(-1, "", String(reason));
}
