import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import type { Problem } from "../api";
import { type Key, t } from "../i18n";
import { address, href } from "../route";
import type { Loaded } from "../state";

/** Milliseconds after which a server that draws is asked again. */
const SOON = 5000;

/** What stands where an answer is awaited. */
export function Waiting() {
  return (
    <p class="waiting" role="status">
      {t("state.waiting")}
    </p>
  );
}

/** What went wrong, in words, and a way on; while a picture is drawn the server is asked again by itself. */
export function Trouble({ problem, again }: { readonly problem: Problem | null; readonly again: () => void }) {
  const drawing = problem?.status === 503;
  useEffect(() => {
    const timer = drawing ? setTimeout(again, SOON) : undefined;
    return () => clearTimeout(timer);
  }, [drawing, again]);
  return (
    <div class={drawing ? "trouble redrawing" : "trouble"} role="alert">
      <p>{explained(problem)}</p>
      {problem?.detail && <p dir="auto">{problem.detail}</p>}
      <button type="button" onClick={again}>
        {t("state.again")}
      </button>
    </div>
  );
}

/** What stands where there is nothing: said in words that fit the page. */
export function Nothing({ children }: { readonly children: ComponentChildren }) {
  return <p class="nothing">{children}</p>;
}

/** What stands where an address means no page. */
export function Missing() {
  return (
    <>
      <h1>{t("missing.title")}</h1>
      <p>
        {t("missing.text")} <a href={href("now")}>{t("nav.now")}</a>
      </p>
    </>
  );
}

/** Show an answer when it is there; while another is awaited, the one before stays and is marked as busy. */
export function Answer<T>({
  loaded,
  children,
}: {
  readonly loaded: Loaded<T>;
  readonly children: (data: T) => ComponentChildren;
}) {
  const there = loaded.data !== null;
  useEffect(() => {
    // A part of the page that the address names is there only now.
    if (there && address.value.hash) document.getElementById(address.value.hash)?.scrollIntoView();
  }, [there]);
  if (loaded.problem) return <Trouble problem={loaded.problem} again={loaded.again} />;
  if (loaded.data === null) return <Waiting />;
  return <div aria-busy={loaded.waiting}>{children(loaded.data)}</div>;
}

function explained(problem: Problem | null): string {
  const known: Readonly<Record<number, Key>> = {
    0: "problem.unreachable",
    401: "problem.token",
    403: "problem.forbidden",
    404: "problem.unknown",
    422: "problem.question",
    429: "problem.busy",
    503: "problem.drawing",
  };
  return t((problem && known[problem.status]) || "problem.other");
}
