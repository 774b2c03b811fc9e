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

/** Return the URL that asks the server for something. */
export function question(path: string, query: Query = {}): string {
  const told = Object.entries(query).filter(([, value]) => value !== "");
  const search = new URLSearchParams(told.sort(([a], [b]) => (a < b ? -1 : 1))).toString();
  return `/api/${path}${search && `?${search}`}`;
}

/** Return what the server answers. The browser asks by the tag of what it has, and is sent nothing twice. */
export async function get<T>(url: string, signal?: AbortSignal): Promise<T> {
  const headers = { Accept: "application/json" };
  const answer = await reach(url, { headers, cache: "no-cache", ...(signal && { signal }) });
  return (await read(answer)) as T;
}

/** Send something to be kept; who sends it is known by the session. */
export async function send<T>(path: string, body: unknown, method: "POST" | "DELETE" = "POST"): Promise<T> {
  const headers = { Accept: "application/json", "Content-Type": "application/json" };
  const answer = await reach(question(path), { method, headers, body: JSON.stringify(body) });
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
