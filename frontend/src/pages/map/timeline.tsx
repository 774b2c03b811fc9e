import { termOf } from "../../components/filters";
import { Actor, Id, Term, Unknown, Voice, When } from "../../components/text";
import { dayOf, instantWords } from "../../dates";
import { locale, t } from "../../i18n";
import { markOf, zone } from "../../state";
import { type Days, Drawing, LABELS, ROW, type Scale, scaleOf } from "./drawing";
import { type Lane, lanesOf, type Piece } from "./lanes";
import type { Town } from "./towns";
import { accountName, campOf, shortDay } from "./words";

const BAR = 13;

/** Who held a place over time, a lane for each account and each holder that it speaks of. */
export function ControlLanes({
  town,
  span,
  day,
  asOf,
  policy,
}: {
  readonly town: Town;
  readonly span: Days;
  readonly day: string | null;
  readonly asOf: string | null;
  readonly policy: string;
}) {
  const localDay = (instant: string) => dayOf(instant, zone.value);
  const days = { first: firstOf(lanesOf(town.accounts, span, localDay), span), last: span.last };
  const lanes = lanesOf(town.accounts, days, localDay);
  const scale = scaleOf(days);
  const rows = lanes.flatMap((lane, at) => (lanes[at - 1]?.account === lane.account ? [lane] : [null, lane]));
  return (
    <div class="lanes">
      <h2>{t("timeline.of", { place: town.place })}</h2>
      <p class="note">{t("timeline.note")}</p>
      <Drawing
        label={t("timeline.of", { place: town.place })}
        days={days}
        rows={rows.length}
        marked={day}
        stamp={stampOf(asOf, policy)}
        file={`marsad-${town.place}`}
        table={<LaneTable lanes={lanes} />}
      >
        <Patterns />
        {rows.map((lane, at) => {
          const next = rows[at + 1];
          const key = lane ? `${lane.account} ${lane.holder}` : `account ${next?.account}`;
          return (
            <g key={key} transform={`translate(0 ${at * ROW})`}>
              {lane ? (
                <LaneDrawn lane={lane} scale={scale} />
              ) : (
                <text class="lane-account" x={scale.start} y={15}>
                  {accountName(next?.account ?? "")}
                </text>
              )}
            </g>
          );
        })}
      </Drawing>
    </div>
  );
}

/** Return the first day on which anything begins among lanes; what began before reaches to the edge. */
function firstOf(lanes: readonly Lane[], span: Days): string {
  const begun = lanes.flatMap((lane) => lane.pieces.filter((piece) => !piece.before).map((piece) => piece.from));
  return begun.length === 0 ? span.first : begun.reduce((one, other) => (one < other ? one : other));
}

function LaneDrawn({ lane, scale }: { readonly lane: Lane; readonly scale: Scale }) {
  return (
    <>
      <text class="lane-holder" x={scale.rtl ? scale.start - 14 : 14} y={15}>
        {shortened(lane.holder)}
      </text>
      {lane.pieces.map((piece) => (
        <PieceDrawn key={`${piece.spell.status} ${piece.from}`} lane={lane} piece={piece} scale={scale} />
      ))}
    </>
  );
}

/** One standing: solid where the holder has the place, hatched where not all of it, an outline where it has not. */
function PieceDrawn({ lane, piece, scale }: { readonly lane: Lane; readonly piece: Piece; readonly scale: Scale }) {
  const mark = markOf(campOf(lane.holder));
  const colour = `var(${mark?.colour ?? "--soft"})`;
  const { status } = piece.spell;
  const spoken = scale.between(piece.from, piece.heard);
  const silent = piece.heard < piece.to ? scale.between(piece.heard, piece.to) : null;
  const y = (ROW - BAR) / 2;
  const holds = status === "held" || status === "claimed";
  return (
    <g style={{ color: colour }} class={`piece piece-${status}`}>
      <title>{`${accountName(lane.account)}: ${lane.holder}, ${termOf("stands", status)}, ${shortDay(piece.from)}`}</title>
      {silent && <rect class="silence" x={silent.x} width={silent.width} y={y} height={BAR} />}
      <rect class="spoken" x={spoken.x} width={spoken.width} y={y} height={BAR} />
      {status === "contested" && (
        <rect class="hatching" x={spoken.x} width={spoken.width} y={y} height={BAR} fill="url(#hatching)" />
      )}
      {holds && mark && spoken.width > 14 && (
        <text class="lane-letter" x={spoken.x + spoken.width / 2} y={15}>
          {mark.letter}
        </text>
      )}
    </g>
  );
}

function Patterns() {
  return (
    <defs>
      <pattern id="hatching" width={5} height={5} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect class="hatch" width={2.4} height={5} />
      </pattern>
    </defs>
  );
}

function LaneTable({ lanes }: { readonly lanes: readonly Lane[] }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{t("column.account")}</th>
          <th scope="col">{t("column.holder")}</th>
          <th scope="col">{t("column.stands")}</th>
          <th scope="col">{t("column.from")}</th>
          <th scope="col">{t("column.to")}</th>
          <th scope="col">{t("column.last-word")}</th>
          <th scope="col">{t("column.claims")}</th>
        </tr>
      </thead>
      <tbody>
        {lanes.flatMap((lane) =>
          lane.pieces.map(({ spell }) => (
            <tr key={`${lane.account} ${lane.holder} ${spell.status} ${spell.from}`}>
              <td>
                <Voice name={lane.account} side={lane.side} />
              </td>
              <td>
                <Actor name={lane.holder} />
              </td>
              <td>
                <Term kind="stands" word={spell.status} />
              </td>
              <td>{spell.from ? <When at={spell.from} /> : <Unknown />}</td>
              <td>{spell.to ? <When at={spell.to} /> : t("control.still")}</td>
              <td>
                <When at={spell.last_heard} />
              </td>
              <td>
                {spell.claims.slice(-2).map((id) => (
                  <Id key={id} id={id} />
                ))}
              </td>
            </tr>
          )),
        )}
      </tbody>
    </table>
  );
}

/** Return what every drawing says of itself: as of when, and under which policy. */
export function stampOf(asOf: string | null, policy: string): string {
  const when = asOf ? instantWords(asOf, { locale: locale.value, zone: zone.value }) : t("unknown");
  return t("map.stamp", { when, zone: zone.value, policy });
}

/** Return a name as short as the labels of a drawing allow. */
export function shortened(name: string): string {
  const most = Math.floor((LABELS - 20) / 6.6);
  return name.length > most ? `${name.slice(0, most - 1)}…` : name;
}
