import type { ComponentType } from "preact";
import { useEffect, useErrorBoundary, useRef, useState } from "preact/hooks";
import { Problem } from "./api";
import { Frame } from "./components/frame";
import { SignIn } from "./components/signin";
import { Missing, Trouble, Waiting } from "./components/states";
import { language, t } from "./i18n";
import { address, type PageName } from "./route";
import { loadMonitor, monitor, monitorProblem } from "./state";

type PageModule = { readonly default: ComponentType<PageProps> };

/** What every page is given: the one thing it is about, where it is about one. */
export interface PageProps {
  readonly item: string;
}

/** Each page is fetched when it is first looked at. A page is a folder with an `index.tsx` that exports it as default. */
const PAGES: Readonly<Record<PageName, () => Promise<PageModule>>> = {
  now: () => import("./pages/now"),
  map: () => import("./pages/map"),
  timeline: () => import("./pages/timeline"),
  ledger: () => import("./pages/ledger"),
  assess: () => import("./pages/ledger/assess"),
  search: () => import("./pages/search"),
  sources: () => import("./pages/source/list"),
  source: () => import("./pages/source"),
  place: () => import("./pages/place"),
  actor: () => import("./pages/actor"),
  report: () => import("./pages/report"),
  review: () => import("./pages/review"),
};

/** The whole of the pages: the frame, and in it the page that the address names. */
export function App() {
  const { page, item } = address.value;
  return (
    <Frame>{page === "missing" ? <Missing /> : <Lazy page={page} item={item ?? ""} key={`${page} ${item}`} />}</Frame>
  );
}

function Lazy({ page, item }: { readonly page: PageName; readonly item: string }) {
  const [Page, setPage] = useState<ComponentType<PageProps> | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    PAGES[page]().then(
      (found) => setPage(() => found.default),
      () => setFailed(true),
    );
  }, [page]);
  const [broken] = useErrorBoundary();
  if (broken) return <Halt problem={new Problem(-1, "", String(broken))} again={() => location.reload()} />;
  if (monitorProblem.value) return <Halt problem={monitorProblem.value} again={() => void loadMonitor()} />;
  if (failed) return <Halt problem={null} again={() => location.reload()} />;
  if (!Page || !monitor.value) return <Waiting />;
  return (
    <Arrival>
      <Page item={item} />
    </Arrival>
  );
}

/** What stands instead of a page that cannot be shown at all. */
function Halt(trouble: { readonly problem: Problem | null; readonly again: () => void }) {
  return (
    <>
      <h1>{t("app.name")}</h1>
      {trouble.problem?.status === 401 ? <SignIn /> : <Trouble {...trouble} />}
    </>
  );
}

let first = true;

/** Move the focus to the new page's heading, so that screen readers begin there; not on the first one of a visit. */
function Arrival({ children }: { readonly children: preact.ComponentChildren }) {
  const at = useRef<HTMLDivElement>(null);
  const spoken = language.value;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the heading is in the language of the interface
  useEffect(() => {
    document.title = [headingOf(at.current)?.textContent, t("app.name")].filter(Boolean).join(" · ");
  }, [spoken]);
  useEffect(() => {
    const heading = headingOf(at.current);
    if (!first && !address.value.hash) {
      scrollTo(0, 0);
      heading?.setAttribute("tabindex", "-1");
      heading?.focus({ preventScroll: true });
    }
    first = false;
  }, []);
  return <div ref={at}>{children}</div>;
}

function headingOf(page: HTMLElement | null): HTMLElement | null {
  return page?.querySelector<HTMLElement>("h1") ?? null;
}
