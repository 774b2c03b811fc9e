import { Voice, When } from "../../components/text";
import { instantWords } from "../../dates";
import { locale, t } from "../../i18n";
import { href } from "../../route";
import { sideName } from "../../sides";
import { zone } from "../../state";
import type { DossierRow } from "./rows";
import { type Lane, lanes, scale } from "./statements";

const LANE = 26;
const NAMES = 150;
const WIDTH = 640;
const EDGE = 16;

/** Who said it and who denied it, when: a lane for each voice, and the same as a table. */
export function Timeline({ of }: { readonly of: DossierRow }) {
  const dated = of.timeline.filter((one) => one.said);
  if (dated.length === 0) return null;
  const found = lanes(dated);
  const at = scale([...dated.map((one) => one.said ?? ""), ...(of.settled_on ? [of.settled_on] : [])]);
  const x = (instant: string) => NAMES + EDGE + at(instant) * (WIDTH - NAMES - 2 * EDGE);
  const height = found.length * LANE + 26;
  return (
    <section class="timeline">
      <h2>{t("ledger.timeline")}</h2>
      <div class="scroll">
        <svg viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={t("ledger.timeline_hint", { n: dated.length })}>
          {of.settled_on && (
            <line class="settled" x1={x(of.settled_on)} x2={x(of.settled_on)} y1={0} y2={found.length * LANE} />
          )}
          {found.map((lane, number) => (
            <OneLane key={`${lane.against} ${lane.voice}`} lane={lane} y={number * LANE + LANE / 2} x={x} />
          ))}
          <Ends first={dated[0]?.said ?? null} last={dated.at(-1)?.said ?? null} x={x} y={height - 8} />
        </svg>
      </div>
      <details>
        <summary>{t("ledger.timeline_table")}</summary>
        <StatementTable of={of} />
      </details>
    </section>
  );
}

function OneLane({ lane, y, x }: { readonly lane: Lane; readonly y: number; readonly x: (at: string) => number }) {
  return (
    <g class={lane.against ? "against" : "for"}>
      <line class="lane" x1={NAMES} x2={WIDTH} y1={y} y2={y} />
      <text x={NAMES - 8} y={y + 4} text-anchor="end" direction="ltr">
        {shortened(lane.side === lane.voice ? sideName(lane.voice) : lane.voice)}
      </text>
      {lane.at.map((one) => (
        <path key={one.claim} class={one.counts ? "mark" : "mark aside"} d={mark(x(one.said ?? ""), y, lane.against)}>
          <title>{`${lane.voice}, ${instantWords(one.said ?? "", { locale: locale.value, zone: zone.value })}`}</title>
        </path>
      ))}
    </g>
  );
}

function Ends({
  first,
  last,
  x,
  y,
}: {
  readonly first: string | null;
  readonly last: string | null;
  readonly x: (at: string) => number;
  readonly y: number;
}) {
  if (!first || !last) return null;
  const words = (at: string) => instantWords(at, { locale: locale.value, zone: zone.value });
  return (
    <>
      <text class="end" x={Math.max(NAMES, x(first) - 40)} y={y}>
        {words(first)}
      </text>
      {last !== first && (
        <text class="end" x={Math.min(WIDTH, x(last) + 40)} y={y} text-anchor="end">
          {words(last)}
        </text>
      )}
    </>
  );
}

function StatementTable({ of }: { readonly of: DossierRow }) {
  return (
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">{t("ledger.said")}</th>
            <th scope="col">{t("ledger.voice")}</th>
            <th scope="col">{t("ledger.stance")}</th>
            <th scope="col">{t("title.report")}</th>
          </tr>
        </thead>
        <tbody>
          {of.timeline.map((one) => (
            <tr key={one.claim}>
              <td>
                <When at={one.said} />
              </td>
              <td>
                <Voice name={one.voice} side={one.side} />
              </td>
              <td>{t(one.stance === "denied" ? "ledger.denies" : "ledger.affirms")}</td>
              <td>
                <a class="id" dir="ltr" href={href("report", one.report, {}, `claim=${one.claim}`)}>
                  {one.report}
                </a>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Return a triangle: up for it, down against it. */
function mark(x: number, y: number, against: boolean): string {
  const [tip, base] = against ? [y + 7, y - 5] : [y - 7, y + 5];
  return `M${x},${tip} L${x - 6},${base} L${x + 6},${base} Z`;
}

function shortened(name: string): string {
  return name.length > 24 ? `${name.slice(0, 23)}…` : name;
}
