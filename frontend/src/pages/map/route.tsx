import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { termOf } from "../../components/filters";
import { Trouble } from "../../components/states";
import { Actor, Id, PlaceName, Say, Term, Unknown, Voice, When, Words } from "../../components/text";
import { isKey, type Key, t } from "../../i18n";
import { address, ask } from "../../route";
import { sideName } from "../../sides";
import { useAnswer } from "../../state";
import { DASHES, type Way } from "./canvas";
import type { View } from "./view";
import { grouped, type Leg, type Passage, type RoadWord, type RouteAnswer, type RouteView, type Told } from "./ways";
import { accountName, sidesInOrder } from "./words";

/** Ways that are told in full; accounts beyond them are told in a line. */
const MOST_WAYS = DASHES.length;

/** Which way is open from one town to another, by whose account; what is found is drawn by `onWays`. */
export function Route({
  view,
  names,
  onWays,
}: {
  readonly view: View;
  readonly names: readonly string[];
  readonly onWays: (ways: readonly Way[], attribution: string | null) => void;
}) {
  const { as_of = "" } = address.value.query;
  const [start, end] = [view.from, view.to];
  const query = { start: start ?? "", end: end ?? "", as_of, on: view.day ?? "", for: view.traffic ?? "" };
  const loaded = useAnswer<RouteAnswer>(start && end ? "route" : null, query);
  const answer = start && end && !loaded.waiting ? (loaded.data?.answer ?? null) : null;
  useEffect(() => {
    const told = answer && grouped(answer.views);
    onWays(told ? told.ways.slice(0, MOST_WAYS).map(({ way }, at) => drawn(way, at)) : [], answer?.attribution ?? null);
  }, [answer, onWays]);
  return (
    <section class="route" aria-labelledby="route">
      <h2 id="route">{t("route.title")}</h2>
      <RouteForm view={view} names={names} />
      {start && end && loaded.waiting && (
        <p class="waiting" role="status">
          {t("route.waiting")}{" "}
          <button type="button" onClick={() => ask({ from: "", to: "" })}>
            {t("route.cancel")}
          </button>
        </p>
      )}
      {loaded.problem && <Trouble problem={loaded.problem} again={loaded.again} />}
      {answer && <Found answer={answer} />}
    </section>
  );
}

function RouteForm({ view, names }: { readonly view: View; readonly names: readonly string[] }) {
  const [from, setFrom] = useState(view.from ?? "");
  const [to, setTo] = useState(view.to ?? "");
  const sides = sidesInOrder();
  return (
    <form
      class="filters"
      onSubmit={(event) => {
        event.preventDefault();
        ask({ from: from.trim(), to: to.trim() });
      }}
    >
      <label>
        {t("route.from")}
        <input
          type="text"
          dir="auto"
          list="route-towns"
          required
          value={from}
          onInput={(event) => setFrom(event.currentTarget.value)}
        />
      </label>
      <label>
        {t("route.to")}
        <input
          type="text"
          dir="auto"
          list="route-towns"
          required
          value={to}
          onInput={(event) => setTo(event.currentTarget.value)}
        />
      </label>
      <label>
        {t("route.for")}
        <select value={view.traffic ?? ""} onChange={(event) => ask({ for: event.currentTarget.value })}>
          <option value="">{t("route.anybody")}</option>
          {sides.map((side) => (
            <option key={side} value={side}>
              {sideName(side)}
            </option>
          ))}
        </select>
      </label>
      <button type="submit">{t("route.find")}</button>
      {(view.from || view.to) && (
        <button
          type="button"
          onClick={() => {
            setFrom("");
            setTo("");
            ask({ from: "", to: "", for: "" });
          }}
        >
          {t("route.clear")}
        </button>
      )}
      <datalist id="route-towns">
        {names.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </form>
  );
}

function Found({ answer }: { readonly answer: RouteAnswer["answer"] }) {
  const told = grouped(answer.views);
  return (
    <div class="route-found">
      <Free way={answer.free} />
      <ol class="ways">
        {told.ways.map(({ way, accounts }, at) => (
          <li key={accounts[0]?.according_to}>
            <WayTold way={way} accounts={accounts} at={at} />
          </li>
        ))}
      </ol>
      <Closed told={told} />
      <Cuts answer={answer} />
      <details class="assumptions">
        <summary>{t("route.assumptions")}</summary>
        <ul>
          {answer.assumptions.map((line) => (
            <li key={line}>
              <Words>{line}</Words>
            </li>
          ))}
        </ul>
      </details>
    </div>
  );
}

function Free({ way }: { readonly way: Passage | null }) {
  return <p>{way ? <Say k="route.free" length={<Length way={way} />} /> : t("route.no-road")}</p>;
}

function WayTold({
  way,
  accounts,
  at,
}: {
  readonly way: Passage;
  readonly accounts: readonly RouteView[];
  readonly at: number;
}) {
  return (
    <details open={at === 0}>
      <summary class="way-head">
        <DashKey at={at} /> <Accounts views={accounts} plain />
        {": "}
        <Length way={way} />
      </summary>
      <div class="scroll">
        <table>
          <thead class="away">
            <tr>
              <th scope="col">{t("route.road")}</th>
              <th scope="col">{t("route.km")}</th>
              <th scope="col">{t("column.stands")}</th>
              <th scope="col">{t("route.word")}</th>
            </tr>
          </thead>
          <tbody>
            {joined(way.legs).map((leg, nth) => (
              <tr key={nth}>
                <th scope="row">
                  <Words>{leg.road || termOf("road", leg.kind)}</Words>
                </th>
                <td class="number">{t("route.kilometres", { n: Math.round(leg.km) })}</td>
                <td>
                  <Status word={leg.status} />
                </td>
                <td>{leg.states.length > 0 ? <RoadWords words={leg.states} /> : <Unknown k="route.no-word" />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function Closed({ told }: { readonly told: Told }) {
  if (told.closed.length === 0) return null;
  return (
    <>
      <h3>{t("route.closed")}</h3>
      <ul class="closed">
        {told.closed.map((view) => (
          <li key={view.according_to}>
            <Accounts views={[view]} />
            {": "}
            {view.closing.length > 0 ? <RoadWords words={view.closing} whose={false} /> : <Unknown />}
          </li>
        ))}
      </ul>
    </>
  );
}

/** The smallest sets of towns that, taken together, would cut every way. */
function Cuts({ answer }: { readonly answer: RouteAnswer["answer"] }) {
  if (answer.free === null) return null;
  if (answer.by_passes) return <p>{t("route.by-passes")}</p>;
  if (answer.cut_size === null) return <p>{t("route.no-cut", { n: answer.most_towns })}</p>;
  return (
    <>
      <h3>{t("route.cuts", { n: answer.cut_size })}</h3>
      <ul class="cuts">
        {answer.cuts.map((towns) => (
          <li key={towns.join()}>
            {towns.map((town, at) => (
              <span key={town}>
                {at > 0 && " + "}
                <PlaceName name={town} />
              </span>
            ))}
          </li>
        ))}
      </ul>
    </>
  );
}

function RoadWords({ words, whose = true }: { readonly words: readonly RoadWord[]; readonly whose?: boolean }) {
  return (
    <ul class="road-words">
      {words.map((word) => (
        <li key={`${word.according_to} ${word.place.name} ${word.why} ${word.agent} ${word.start}`}>
          {whose && (
            <>
              <Voice name={word.according_to} />
              {": "}
            </>
          )}
          <PlaceName name={word.place.name} /> <Term kind="why" word={word.why} />
          {word.agent && (
            <>
              {" ("}
              <Actor name={word.agent} />
              {")"}
            </>
          )}
          {t("list.comma")}
          <Say k="route.last" when={<When at={word.last_heard} />} />{" "}
          {word.claims.slice(-2).map((id) => (
            <Id key={id} id={id} />
          ))}
        </li>
      ))}
    </ul>
  );
}

/** Whose way it is: an account's, or one of those that Marsad puts together itself. */
function Accounts({ views, plain = false }: { readonly views: readonly RouteView[]; readonly plain?: boolean }) {
  return (
    <b class="way-accounts">
      {views.map(({ according_to: name, side }, at) => {
        const key = `route.by.${name}`;
        const part: ComponentChildren = isKey(key) ? (
          t(key as Key)
        ) : plain ? (
          <Words>{accountName(name)}</Words>
        ) : (
          <Voice name={name} side={side} />
        );
        return (
          <span key={name}>
            {at > 0 && t("list.comma")}
            {part}
          </span>
        );
      })}
    </b>
  );
}

function Status({ word }: { readonly word: string }) {
  return (
    <span class={`road-${word}`}>
      <Term kind="road-status" word={word} />
    </span>
  );
}

function Length({ way }: { readonly way: Passage }) {
  const minutes = Math.round(way.minutes);
  return (
    <span class="length">
      {t("route.length", {
        km: Math.round(way.km),
        hours: Math.floor(minutes / 60),
        minutes: minutes % 60,
      })}
    </span>
  );
}

function DashKey({ at }: { readonly at: number }) {
  const dash = DASHES[at % DASHES.length] ?? [1];
  return (
    <svg class="dash" width={44} height={8} aria-hidden="true">
      <line
        x1={1}
        x2={43}
        y1={4}
        y2={4}
        {...(dash.length > 1 && { "stroke-dasharray": dash.map((part) => part * 3).join(" ") })}
      />
    </svg>
  );
}

function drawn(way: Passage, at: number): Way {
  return { dash: DASHES[at % DASHES.length] ?? [1], legs: way.legs.map(({ status, line }) => ({ status, line })) };
}

/** Return legs with those on one road and by the same words joined, as one reads them. */
function joined(legs: readonly Leg[]): Leg[] {
  const found: Leg[] = [];
  for (const leg of legs) {
    const before = found.at(-1);
    const same =
      before?.road === leg.road &&
      before.status === leg.status &&
      JSON.stringify(before.states) === JSON.stringify(leg.states);
    if (before && same)
      found[found.length - 1] = { ...before, km: before.km + leg.km, minutes: before.minutes + leg.minutes };
    else found.push(leg);
  }
  return found;
}
