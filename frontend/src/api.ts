import type { Query } from "./route";

/** What went wrong, in the words of the server (RFC 9457) or of this page. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
  ) {
    super(detail || title);
  }

  /** Return whether no answer came at all. */
  get unreachable(): boolean {
    return this.status === 0;
  }
}

interface Kept {
  readonly etag: string;
  readonly body: unknown;
}

const MOST_KEPT = 100;
const kept = new Map<string, Kept>();

/** Return the URL that asks the server for something. */
export function question(path: string, query: Query = {}): string {
  const told = Object.entries(query).filter(([, value]) => value !== "");
  const search = new URLSearchParams(told.sort(([a], [b]) => (a < b ? -1 : 1))).toString();
  return `/api/${path}${search && `?${search}`}`;
}

/** Return what the server answers. What it gave before is asked for by its tag, and not sent twice. */
export async function get<T>(url: string, signal?: AbortSignal): Promise<T> {
  const before = kept.get(url);
  const headers: Record<string, string> = { Accept: "application/json" };
  if (before) headers["If-None-Match"] = before.etag;
  const answer = await reach(url, { headers, cache: "no-store", ...(signal && { signal }) });
  if (answer.status === 304 && before) {
    remember(url, before);
    return before.body as T;
  }
  const body: unknown = await read(answer);
  const etag = answer.headers.get("ETag");
  if (etag) remember(url, { etag, body });
  return body as T;
}

/** Send something to be kept; `token` says who sends it. */
export async function send<T>(
  path: string,
  { method = "POST", body, token }: { method?: "POST" | "DELETE"; body?: unknown; token: string },
): Promise<T> {
  const headers = {
    Accept: "application/json",
    Authorization: `Bearer ${token}`,
    "Content-Type": "application/json",
  };
  const answer = await reach(question(path), {
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return (await read(answer)) as T;
}

async function reach(url: string, options: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { credentials: "same-origin", ...options });
  } catch (reason) {
    if (reason instanceof DOMException && reason.name === "AbortError") throw reason;
    throw new Problem(0, "", "");
  }
}

async function read(answer: Response): Promise<unknown> {
  const type = answer.headers.get("Content-Type") ?? "";
  const body: unknown = type.includes("json") ? await answer.json() : null;
  if (answer.ok) return body;
  const { title = answer.statusText, detail = "" } = (body ?? {}) as { title?: string; detail?: unknown };
  throw new Problem(answer.status, title, typeof detail === "string" ? detail : "");
}

function remember(url: string, one: Kept): void {
  kept.delete(url);
  kept.set(url, one);
  const oldest = kept.keys().next().value;
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
}
