import { useEffect, useMemo } from "preact/hooks";
import type { PageProps } from "../../app";
import { Answer, Nothing } from "../../components/states";
import { Say, Unknown, When, Words } from "../../components/text";
import { t } from "../../i18n";
import { address, go, href } from "../../route";
import { useAnswer } from "../../state";
import { ClaimList } from "./claims";
import { Passage } from "./passage";
import { Provenance } from "./provenance";
import type { PassageClaim, ReportRow } from "./rows";
import { Translations } from "./translations";
import "./report.css";

/** A report as it was published, with what was read from it beside: source, cue and content of the chosen claim. */
export default function ReportPage({ item }: PageProps) {
  const { as_of = "", rules = "" } = address.value.query;
  const loaded = useAnswer<ReportRow>(`reports/${encodeURIComponent(item)}`, { as_of, rules });
  return <Answer loaded={loaded}>{(report) => <OneReport report={report} />}</Answer>;
}

function OneReport({ report }: { readonly report: ReportRow }) {
  const claims = useMemo(() => [...report.claims].sort((a, b) => a.start - b.start), [report]);
  const wanted = new URLSearchParams(address.value.hash).get("claim") ?? address.value.query.claim;
  const chosen = claims.find((claim) => claim.id === wanted) ?? null;
  useSteps(claims, chosen, report.id);
  useArrival(chosen);
  return (
    <article class="report">
      <div class="page-head">
        <h1>{report.title ? <Words>{report.title}</Words> : <Unknown k="report.untitled" />}</h1>
        <Byline report={report} />
      </div>
      <div class="desk">
        <section class="sheet" aria-label={t("report.text")}>
          <Legend />
          <Passage report={report} claims={claims} chosen={chosen} />
          <Translations of={report.translations} />
        </section>
        <section class="beside" aria-label={t("report.claims")}>
          <h2>{t("status.claims", { n: claims.length })}</h2>
          {claims.length === 0 && <Nothing>{t("report.nothing")}</Nothing>}
          {claims.length > 0 && <p class="keys">{t("report.keys")}</p>}
          <ClaimList report={report} claims={claims} chosen={chosen} />
        </section>
      </div>
      <Provenance report={report} />
    </article>
  );
}

function Byline({ report }: { readonly report: ReportRow }) {
  return (
    <p class="byline">
      <span>{report.publisher ? <Words>{report.publisher}</Words> : <Unknown k="report.no_publisher" />}</span>
      {report.authors.length > 0 && (
        <span>
          <Words>{report.authors.join(", ")}</Words>
        </span>
      )}
      <When at={report.said} />
      {report.forwarded_from && (
        <span>
          <Say k="report.forwarded" from={<Words>{report.forwarded_from}</Words>} />
        </span>
      )}
      <span class="id" dir="ltr">
        {report.id}
      </span>
    </p>
  );
}

function Legend() {
  return (
    <ul class="legend">
      <li>
        <mark class="source">{t("report.source")}</mark>
      </li>
      <li>
        <mark class="cue">{t("report.cue")}</mark>
      </li>
      <li>
        <mark class="content">{t("report.content")}</mark>
      </li>
      <li>
        <mark class="anchor">{t("report.anchor")}</mark>
      </li>
    </ul>
  );
}

/** Let j and k go from claim to claim, in order of the text. */
function useSteps(claims: readonly PassageClaim[], chosen: PassageClaim | null, report: string): void {
  useEffect(() => {
    const step = (event: KeyboardEvent) => {
      if (event.metaKey || event.ctrlKey || event.altKey || typing(event.target)) return;
      const way = event.key === "j" ? 1 : event.key === "k" ? -1 : 0;
      if (way === 0 || claims.length === 0) return;
      const at = chosen ? claims.indexOf(chosen) + way : way > 0 ? 0 : claims.length - 1;
      const next = claims[Math.max(0, Math.min(claims.length - 1, at))];
      if (next) go(href("report", report, address.value.query, `claim=${next.id}`), { replace: true });
    };
    addEventListener("keydown", step);
    return () => removeEventListener("keydown", step);
  }, [claims, chosen, report]);
}

/** Bring the chosen claim into sight, in the text and in the list. */
function useArrival(chosen: PassageClaim | null): void {
  const id = chosen?.id;
  useEffect(() => {
    if (!id) return;
    const smooth = matchMedia("(prefers-reduced-motion: no-preference)").matches;
    const behavior = smooth ? "smooth" : "auto";
    document.querySelector(".passage [data-chosen]")?.scrollIntoView({ block: "center", behavior });
    document.getElementById(`claim-${id}`)?.scrollIntoView({ block: "nearest" });
  }, [id]);
}

function typing(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("input, select, textarea") !== null;
}
