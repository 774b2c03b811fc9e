import { signal } from "@preact/signals";

/** The pages there are, each with the path it answers to; `:item` is the one thing that a page is about. */
const PATHS = {
  now: "/",
  map: "/map",
  ledger: "/ledger",
  assess: "/ledger/:item",
  search: "/search",
  sources: "/sources",
  source: "/sources/:item",
  place: "/places/:item",
  actor: "/actors/:item",
  report: "/reports/:item",
  review: "/review",
} as const;

export type PageName = keyof typeof PATHS;
export type Query = Readonly<Record<string, string>>;

/** Everything that a view depends on: whoever opens the same address sees the same. */
export interface Address {
  readonly page: PageName | "missing";
  readonly item: string | null;
  readonly query: Query;
  readonly hash: string;
}

/** What a link hands on to the page it leads to: how one reads, not what one looks at. */
export const KEPT = ["as_of", "according_to", "rules", "lang", "zone"] as const;

const PAGES = Object.entries(PATHS) as [PageName, string][];

/** Return the address that a URL means. */
export function parse(url: Pick<URL, "pathname" | "search" | "hash">): Address {
  const query = Object.fromEntries([...new URLSearchParams(url.search)].filter(([, value]) => value !== ""));
  const hash = url.hash.replace(/^#/, "");
  for (const [page, path] of PAGES) {
    const item = match(path, url.pathname);
    if (item !== undefined) return { page, item, query, hash };
  }
  return { page: "missing", item: null, query, hash };
}

/** Return the path, query and fragment of an address; the opposite of `parse`. */
export function format(page: PageName, item: string | null = null, query: Query = {}, hash = ""): string {
  const path = PATHS[page].replace(":item", encodeURIComponent(item ?? ""));
  const told = Object.entries(query).filter(([, value]) => value !== "");
  const search = new URLSearchParams(told.sort(([a], [b]) => (a < b ? -1 : 1))).toString();
  return path + (search && `?${search}`) + (hash && `#${hash}`);
}

function match(path: string, pathname: string): string | null | undefined {
  const wanted = path.split("/");
  const given = pathname.replace(/(?<=.)\/$/, "").split("/");
  if (wanted.length !== given.length) return undefined;
  let item: string | null = null;
  for (const [at, part] of wanted.entries()) {
    const here = given[at] ?? "";
    if (part === ":item") {
      const name = decode(here);
      if (!name) return undefined;
      item = name;
    } else if (part !== here) return undefined;
  }
  return item;
}

function decode(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}

/** Where the reader is. Change it by `go` and `ask` only. */
export const address = signal<Address>(parse(globalThis.location ?? { pathname: "/", search: "", hash: "" }));

/** Return the URL of a page as a link from here: what is kept of the query goes along. */
export function href(page: PageName, item: string | null = null, query: Query = {}, hash = ""): string {
  return format(page, item, { ...kept(address.value.query), ...query }, hash);
}

/** Return the URL of this page with other values in its query; "" takes one out. */
export function hrefWith(query: Query): string {
  const { page, item, query: before } = address.value;
  return page === "missing" ? "/" : format(page, item, { ...before, ...query });
}

/** Go to a URL of these pages. `replace` leaves no step to go back to: for a slider, or a word being typed. */
export function go(url: string, { replace = false }: { replace?: boolean } = {}): void {
  if (replace) history.replaceState(history.state, "", url);
  else history.pushState(null, "", url);
  address.value = parse(location);
}

/** Change values of this page's query; "" takes one out. */
export function ask(query: Query, options: { replace?: boolean } = {}): void {
  go(hrefWith(query), options);
}

/** Follow the browser's own steps and every plain click on a link of these pages. */
export function listen(): void {
  addEventListener("popstate", () => {
    address.value = parse(location);
  });
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link || event.defaultPrevented || event.button !== 0 || modified(event)) return;
    if (link.target || link.hasAttribute("download") || link.origin !== location.origin) return;
    if (link.pathname.startsWith("/api/")) return;
    const here = link.pathname === location.pathname && link.search === location.search;
    if (here && link.hash) return;
    event.preventDefault();
    go(link.pathname + link.search + link.hash);
  });
}

function modified(event: MouseEvent): boolean {
  return event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
}

function kept(query: Query): Query {
  return Object.fromEntries(KEPT.flatMap((key) => (query[key] ? [[key, query[key]]] : [])));
}
