import { Actor, Days, Grade, Id, PlaceName, Say, Term, Unknown, Words } from "../../components/text";
import { t } from "../../i18n";
import { address, href } from "../../route";
import type { ClaimRow } from "../../types";
import { wordsOf } from "./marks";
import type { Kind, PassageClaim, ReportRow } from "./rows";

/** The claims in order of the text; the chosen one with all that was read. */
export function ClaimList({
  report,
  claims,
  chosen,
}: {
  readonly report: ReportRow;
  readonly claims: readonly PassageClaim[];
  readonly chosen: PassageClaim | null;
}) {
  return (
    <ol class="claim-list">
      {claims.map((claim) => (
        <li key={claim.id} id={`claim-${claim.id}`} class={claim === chosen ? "chosen" : ""}>
          <a
            class="claim-line"
            href={href("report", report.id, address.value.query, `claim=${claim.id}`)}
            {...(claim === chosen && { "aria-current": "true" as const })}
          >
            <ClaimWords claim={claim} publisher={report.publisher} />
          </a>
          {claim === chosen && <Detail claim={claim} report={report} />}
        </li>
      ))}
    </ol>
  );
}

/** One claim in a line: who says or denies what, where. */
export function ClaimWords({ claim, publisher }: { readonly claim: ClaimRow; readonly publisher: string | null }) {
  const source = claim.source === "narrator" ? publisher : claim.source;
  return (
    <>
      <b>{source ? <Words>{source}</Words> : <Unknown />}</b>{" "}
      <span class={claim.polarity === "denied" ? "denies" : "says"}>
        {t(claim.polarity === "denied" ? "ledger.denies" : "ledger.affirms")}
      </span>
      {": "}
      {claim.agent && <Words>{claim.agent}</Words>} <Term kind="event" word={claim.event} />
      {claim.target && (
        <>
          {" → "}
          <Words>{claim.target}</Words>
        </>
      )}
      {claim.place && (
        <>
          {t("list.comma")}
          <Words>{claim.place_canonical ?? claim.place}</Words>
        </>
      )}
    </>
  );
}

function Detail({ claim, report }: { readonly claim: PassageClaim; readonly report: ReportRow }) {
  return (
    <div class="detail">
      <Chain claim={claim} report={report} />
      <dl>
        <Fact name="report.source">
          <Spoken kind="source" claim={claim} report={report} />
        </Fact>
        <Fact name="report.cue">
          <Spoken kind="cue" claim={claim} report={report} />
        </Fact>
        <Fact name="report.content">
          <Spoken kind="content" claim={claim} report={report} />
        </Fact>
        <Fact name="report.stance">
          <Term kind="stance" word={claim.stance} />
          {t("list.comma")}
          <Term kind="certainty" word={claim.certainty} />
        </Fact>
        <Fact name="report.agent">
          <Actor name={claim.agent} />
        </Fact>
        <Fact name="report.target">
          <Actor name={claim.target} />
        </Fact>
        <Fact name="title.place">
          <PlaceName name={claim.place_canonical ?? claim.place} />
          {claim.extent !== "unknown" && claim.extent !== "whole" && (
            <>
              {" "}
              (<Term kind="extent" word={claim.extent} />)
            </>
          )}
        </Fact>
        <Fact name="report.when">
          <Days from={claim.from} to={claim.to} />
          {claim.time_expression && (
            <>
              {" "}
              (<Words>{claim.time_expression}</Words>)
            </>
          )}
        </Fact>
        <Counted claim={claim} />
        <Fact name="report.propositions">
          {claim.propositions.length === 0 && <Unknown k="report.no_proposition" />}
          {claim.propositions.map((one) => (
            <span key={one.proposition}>
              <Id id={one.proposition} /> <Grade grade={one.grade} />{" "}
            </span>
          ))}
        </Fact>
      </dl>
      <details>
        <summary>{t("report.produced")}</summary>
        <p dir="ltr" lang="en" class="produced">
          {Object.entries(claim.produced)
            .map(([field, by]) => `${field}: ${by}`)
            .join(" · ")}
        </p>
        <p dir="ltr" class="produced">
          {claim.extractor}
        </p>
      </details>
    </div>
  );
}

function Fact({
  name,
  children,
}: {
  readonly name: Parameters<typeof t>[0];
  readonly children: preact.ComponentChildren;
}) {
  return (
    <div>
      <dt>{t(name)}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Spoken({
  kind,
  claim,
  report,
}: {
  readonly kind: Kind;
  readonly claim: PassageClaim;
  readonly report: ReportRow;
}) {
  const words = wordsOf(report.text, claim.spans[kind]);
  if (!words)
    return <Unknown k={kind === "source" && claim.source === "narrator" ? "report.own_voice" : "report.not_told"} />;
  return (
    <mark class={kind}>
      <Words>{words}</Words>
    </mark>
  );
}

/** By whose hands the words came: publisher, agencies, those who passed them on, and whoever said them. */
function Chain({ claim, report }: { readonly claim: PassageClaim; readonly report: ReportRow }) {
  const source = claim.source === "narrator" ? null : claim.source;
  const agencies = report.agencies.filter((one) => one !== report.publisher);
  const hands = [
    report.publisher,
    report.forwarded_from,
    ...agencies,
    claim.via,
    ...claim.relays,
    source,
    claim.speaker,
  ];
  const links = hands.filter((one, at): one is string => Boolean(one) && hands.indexOf(one) === at);
  return (
    <ol class="chain" aria-label={t("report.chain")}>
      {links.map((one) => (
        <li key={one}>
          <Words>{one}</Words>
        </li>
      ))}
      {claim.comes_from !== report.id && (
        <li>
          <Say
            k="report.comes_from"
            report={
              <a class="id" dir="ltr" href={href("report", claim.comes_from)}>
                {claim.comes_from}
              </a>
            }
          />
        </li>
      )}
    </ol>
  );
}

const COUNTS = ["killed", "wounded", "detained", "displaced"] as const;

function Counted({ claim }: { readonly claim: PassageClaim }) {
  const numbers = claim as unknown as Readonly<Record<string, number | undefined>>;
  return (
    <>
      {COUNTS.map((kind) => {
        const exact = numbers[kind];
        const [low, high] = [numbers[`${kind}_min`], numbers[`${kind}_max`]];
        if (exact === undefined && low === undefined && high === undefined) return null;
        return (
          <Fact key={kind} name={`report.${kind}`}>
            {exact ?? `${low ?? "?"}–${high ?? "?"}`}
          </Fact>
        );
      })}
    </>
  );
}
