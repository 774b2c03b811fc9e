import { useMemo } from "preact/hooks";
import { Answer, Nothing } from "../../components/states";
import { Grade, Id, Term, Voice, When, Words } from "../../components/text";
import { dayAfter, dayOf } from "../../dates";
import { t } from "../../i18n";
import { address, href } from "../../route";
import { markOf, monitor, sideOf, useAnswer, zone } from "../../state";
import type { List } from "../../types";
import { spanOf } from "../map/days";
import { Drawing, ROW, scaleOf } from "../map/drawing";
import { useEvery } from "../map/load";
import { ControlLanes, shortened, stampOf } from "../map/timeline";
import { keys, type Town } from "../map/towns";
import { accountName } from "../map/words";
import "../map/map.css";

/** One word on a disputed matter. `counts`: it is its voice's last. */
interface Statement {
  readonly said: string | null;
  readonly voice: string;
  readonly side: string | null;
  readonly stance: string;
  readonly claim: string;
  readonly report: string;
}

interface Dossier {
  readonly proposition: string;
  readonly headline: string;
  readonly grade: string;
  readonly place: { readonly name: string } | null;
  readonly timeline: readonly Statement[];
}

type Dossiers = Pick<List<Dossier>, "items" | "as_of" | "policy">;

/** What was said over time: who holds one place by each account, or for and against one matter. */
export default function Timeline() {
  const { place = "", dispute = "" } = address.value.query;
  return (
    <>
      <h1>{t("timeline.title")}</h1>
      {dispute ? (
        <OfDispute id={dispute} />
      ) : place ? (
        <OfPlace name={place} />
      ) : (
        <Nothing>{t("timeline.choose")}</Nothing>
      )}
    </>
  );
}

function OfPlace({ name }: { readonly name: string }) {
  const { as_of = "" } = address.value.query;
  const loaded = useEvery<Town>("towns", { as_of });
  return <Answer loaded={loaded}>{(list) => <PlaceLanes list={list} name={name} />}</Answer>;
}

function PlaceLanes({ list, name }: { readonly list: List<Town>; readonly name: string }) {
  const named = useMemo(() => keys(list.items), [list]);
  const town = list.items.find((one) => named.get(one) === name);
  if (!town) return <Nothing>{t("control.none")}</Nothing>;
  const until = dayOf(list.as_of ?? monitor.value?.last ?? "", zone.value);
  const span = spanOf([town], dayOf(monitor.value?.first ?? list.as_of ?? "", zone.value), until);
  return (
    <>
      <p class="lead">
        <a href={href("map", null, { place: name })}>{t("place.on-map")}</a>
      </p>
      <ControlLanes town={town} span={span} day={null} asOf={list.as_of} policy={list.policy} />
    </>
  );
}

function OfDispute({ id }: { readonly id: string }) {
  const { as_of = "", rules = "" } = address.value.query;
  const loaded = useAnswer<Dossiers>(`assess/${encodeURIComponent(id)}`, { as_of, rules });
  return (
    <Answer loaded={loaded}>
      {(found) => {
        const one = found.items.find((item) => item.proposition === id) ?? found.items[0];
        return one ? (
          <Statements dossier={one} asOf={found.as_of} policy={found.policy} />
        ) : (
          <Nothing>{t("claims.none")}</Nothing>
        );
      }}
    </Answer>
  );
}

/** Words for a matter above the line of their voice, words against it below, each where its day is. */
function Statements({
  dossier,
  asOf,
  policy,
}: {
  readonly dossier: Dossier;
  readonly asOf: string | null;
  readonly policy: string;
}) {
  const told = dossier.timeline.filter((one): one is Statement & { said: string } => one.said !== null);
  const said = told.map((one) => dayOf(one.said, zone.value)).sort();
  const [first = "", last = first] = [said[0], said.at(-1)];
  if (!first) return <Nothing>{t("claims.none")}</Nothing>;
  const days = { first: dayAfter(first, -1), last: dayAfter(last, 1) };
  const scale = scaleOf(days);
  const voices = [...new Set(told.map((one) => one.voice))];
  return (
    <>
      <p class="lead">
        <a href={href("assess", dossier.proposition)}>
          <Words>{dossier.headline}</Words>
        </a>{" "}
        <Grade grade={dossier.grade} />
      </p>
      <p class="note">{t("timeline.dispute-note")}</p>
      <Drawing
        label={t("timeline.statements-of", { matter: dossier.headline })}
        days={days}
        rows={voices.length}
        marked={null}
        stamp={stampOf(asOf, policy)}
        file={`marsad-${dossier.proposition}`}
        table={<StatementTable rows={told} />}
      >
        {voices.map((voice, at) => (
          <g key={voice} transform={`translate(0 ${at * ROW})`}>
            <text class="lane-account" x={scale.start} y={15}>
              {shortened(accountName(voice))}
            </text>
            <line
              class="lane-line"
              x1={scale.x(days.first)}
              x2={scale.x(dayAfter(days.last, 1))}
              y1={ROW / 2}
              y2={ROW / 2}
            />
            {told
              .filter((one) => one.voice === voice)
              .map((one) => (
                <StatementDrawn key={one.claim} one={one} x={instantX(one.said, scale)} />
              ))}
          </g>
        ))}
      </Drawing>
    </>
  );
}

/** A word for is a filled triangle that points up, one against a hollow one that points down. */
function StatementDrawn({ one, x }: { readonly one: Statement & { readonly said: string }; readonly x: number }) {
  const against = one.stance === "denied";
  const mark = markOf(one.side ?? sideOf(one.voice));
  const middle = ROW / 2;
  const points = against
    ? [x - 5, middle + 1, x + 5, middle + 1, x, middle + 9]
    : [x - 5, middle - 1, x + 5, middle - 1, x, middle - 9];
  return (
    <a
      href={href("report", one.report, {}, `claim=${one.claim}`)}
      aria-label={`${accountName(one.voice)}: ${t(against ? "timeline.against" : "timeline.for")}`}
    >
      <polygon
        class={against ? "against" : "for"}
        style={{ color: `var(${mark?.colour ?? "--soft"})` }}
        points={points.join(" ")}
      >
        <title>{`${accountName(one.voice)}: ${t(against ? "timeline.against" : "timeline.for")}`}</title>
      </polygon>
    </a>
  );
}

/** Return where an instant stands: within its day as far as that day had gone. */
function instantX(said: string, scale: ReturnType<typeof scaleOf>): number {
  const day = dayOf(said, zone.value);
  const clock = new Intl.DateTimeFormat("en-GB", {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone: zone.value,
  });
  const [hours = 0, minutes = 0] = clock.format(new Date(said)).split(":").map(Number);
  const share = (hours + minutes / 60) / 24;
  return scale.x(day) + (scale.x(dayAfter(day, 1)) - scale.x(day)) * share;
}

function StatementTable({ rows }: { readonly rows: readonly Statement[] }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{t("timeline.when")}</th>
          <th scope="col">{t("column.voice")}</th>
          <th scope="col">{t("timeline.stance")}</th>
          <th scope="col">{t("column.claims")}</th>
          <th scope="col">{t("column.report")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((one) => (
          <tr key={one.claim}>
            <td>
              <When at={one.said} />
            </td>
            <td>
              <Voice name={one.voice} side={one.side} />
            </td>
            <td>
              <Term kind="timeline" word={one.stance === "denied" ? "against" : "for"} />
            </td>
            <td>
              <Id id={one.claim} />
            </td>
            <td>
              <a href={href("report", one.report, {}, `claim=${one.claim}`)}>
                <Words>{one.report}</Words>
              </a>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
