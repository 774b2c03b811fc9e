import { useEffect, useState } from "preact/hooks";
import { get, Problem, question } from "../../api";
import type { Query } from "../../route";
import { type Loaded, monitor } from "../../state";
import type { List } from "../../types";

/** As many rows as one answer of the server holds. */
const MOST = "500";

/** Return all rows of a list, fetched part by part; `path` null asks nothing. Rows show when all are there. */
export function useEvery<Row>(path: string | null, query: Query): Loaded<List<Row>> {
  const url = path === null ? null : question(path, { ...query, limit: MOST });
  const revision = monitor.value?.revision ?? "";
  const [tries, setTries] = useState(0);
  const [held, setHeld] = useState<{ data: List<Row> | null; problem: Problem | null; waiting: boolean }>({
    data: null,
    problem: null,
    waiting: url !== null,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new revision or try asks the same question again
  useEffect(() => {
    if (url === null) {
      setHeld({ data: null, problem: null, waiting: false });
      return undefined;
    }
    const stop = new AbortController();
    setHeld((before) => ({ ...before, problem: null, waiting: true }));
    every<Row>(url, stop.signal).then(
      (data) => setHeld({ data, problem: null, waiting: false }),
      (reason: unknown) => {
        if (stop.signal.aborted) return;
        const problem = reason instanceof Problem ? reason : new Problem(-1, "", String(reason));
        setHeld({ data: null, problem, waiting: false });
      },
    );
    return () => stop.abort();
  }, [url, revision, tries]);
  return { ...held, again: () => setTries((n) => n + 1) };
}

async function every<Row>(url: string, signal: AbortSignal): Promise<List<Row>> {
  const first = await get<List<Row>>(url, signal);
  const items = [...first.items];
  for (let next = first.next; next !== null; ) {
    const part = await get<List<Row>>(`${url}&after=${encodeURIComponent(next)}`, signal);
    items.push(...part.items);
    next = part.next;
  }
  return { ...first, items, next: null };
}
