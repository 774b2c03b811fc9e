import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Answer, Nothing } from "../../components/states";
import { dayAfter, dayOf } from "../../dates";
import { LANGUAGES, language, listed, t } from "../../i18n";
import { address, ask } from "../../route";
import { sideName } from "../../sides";
import { markOf, monitor, theme, zone } from "../../state";
import type { List, NowcastRow } from "../../types";
import { type Box, boxOf, inBox } from "./box";
import type { Canvas, Way } from "./canvas";
import { spanOf, within } from "./days";
import { pictureUrl } from "./draw";
import { handOver, mapPicture } from "./exporting";
import { drawnAs, type Icon, iconName, iconOf, type Palette, readPalette, slotOf } from "./icons";
import { Legend, legendOf } from "./legend";
import { TownList } from "./list";
import { useEvery } from "./load";
import { MapView } from "./mapview";
import { TownPanel } from "./panel";
import { Route } from "./route";
import { DaySlider } from "./slider";
import { ControlLanes, stampOf } from "./timeline";
import { accountNames, type By, changes, keys, type Likely, standing, type Town } from "./towns";
import { byQuery, type Camera, cameraQuery, type View, viewOf } from "./view";
import { accountName, campOf, fullDay, isStale, type Shown, sidesInOrder, silence } from "./words";
import "./map.css";

/** The address follows the hand so late: browsers allow only so many changes a second. */
const SETTLE_MS = 250;
/** So many changed towns are named; more are counted. */
const NAMED = 4;

/** Towns coloured by who holds them, by the word of whoever is chosen, on whichever day. */
export default function MapPage() {
  const { as_of = "" } = address.value.query;
  const loaded = useEvery<Town>("towns", { as_of });
  return (
    <>
      <h1>{t("map.title")}</h1>
      <Answer loaded={loaded}>
        {(list) => (list.items.length === 0 ? <Nothing>{t("control.none")}</Nothing> : <Picture list={list} />)}
      </Answer>
    </>
  );
}

function Picture({ list }: { readonly list: List<Town> }) {
  const view = viewOf(address.value.query);
  const towns = list.items;
  const span = useMemo(() => spanOf(towns, ...ends(list)), [towns, list]);
  const [day, setDay] = useDay(span, view.day);
  const palette = usePalette();
  const { shown, sides } = useShown(towns, view.by, day, palette, list.as_of);
  const [box, setBox] = useState<Box | null>(null);
  const [ways, setWays] = useState<{ ways: readonly Way[]; attribution: string | null }>({
    ways: [],
    attribution: null,
  });
  const onWays = useCallback(
    (found: readonly Way[], attribution: string | null) => setWays({ ways: found, attribution }),
    [],
  );
  const canvas = useRef<Canvas | null>(null);
  const later = useLater();
  const all = useMemo(() => boxOf(towns), [towns]);
  const chosen = shown.find((one) => one.key === view.town) ?? null;
  const said = saidOf(shown);
  const legend = legendOf(
    sides,
    shown.map((one) => drawnAs(one.icon) as Icon),
    palette,
    view.by,
  );
  const sources = [t("map.natural-earth"), t("map.geonames")];
  if (ways.attribution) sources.push(t("map.roads-by", { by: ways.attribution }));
  const onMove = (camera: Camera) => later(() => ask(cameraQuery(camera), { replace: true }));
  const onPick = (key: string) => {
    ask({ place: key });
    setTimeout(() => document.getElementById("town-panel")?.focus({ preventScroll: true }));
  };
  const onSave = () => void savePicture(canvas.current, { list, day, by: view.by, legend, sources, palette });
  usePrintable(canvas);
  return (
    <div class="map-page">
      <ByChoice towns={towns} by={view.by} onSave={onSave} />
      <p class="day" aria-live="polite">
        <b>{fullDay(day)}</b> <span>{said}</span>
      </p>
      <div class="map-and-list">
        <figure class="map-figure">
          <MapView
            shown={shown}
            ways={ways.ways}
            selected={view.town}
            palette={palette}
            sides={sides.length}
            camera={view.camera}
            all={all}
            day={day}
            onMove={onMove}
            onSee={setBox}
            onPick={onPick}
            onCanvas={(made) => {
              canvas.current = made;
            }}
          >
            <img class="map-print" alt="" />
          </MapView>
          <DaySlider span={span} day={day} said={said} onDay={setDay} />
          <figcaption>
            <Legend lines={legend} palette={palette} />
            <p class="map-sources">
              {sources.map((source) => (
                <span key={source}>{source}</span>
              ))}
              <span>{t("map.boundaries")}</span>
            </p>
          </figcaption>
        </figure>
        <div class="map-side">
          {view.by.kind === "nowcast" && <p class="note">{t("nowcast.note")}</p>}
          {chosen && <TownPanel one={chosen} day={day} />}
          <TownList shown={shown} inSight={(one) => inBox(one.town, box)} selected={view.town} palette={palette} />
        </div>
        {chosen && <ControlLanes town={chosen.town} span={span} day={day} asOf={list.as_of} policy={list.policy} />}
        {monitor.value?.has_roads && (
          <Route
            view={{ ...view, day: view.day && within(span, view.day) }}
            names={towns.map((town) => town.place)}
            onWays={onWays}
          />
        )}
      </div>
    </div>
  );
}

function ByChoice({
  towns,
  by,
  onSave,
}: {
  readonly towns: readonly Town[];
  readonly by: By;
  readonly onSave: () => void;
}) {
  const { sides, others } = useMemo(() => accountNames(towns, sidesInOrder()), [towns]);
  const value = by.kind === "account" ? `account ${by.name}` : by.kind;
  const known = by.kind !== "account" || sides.includes(by.name) || others.includes(by.name);
  const choose = (told: string) =>
    ask(
      byQuery(
        told.startsWith("account ")
          ? { kind: "account", name: told.slice(8) }
          : told === "nowcast"
            ? { kind: "nowcast" }
            : { kind: "agreed" },
      ),
    );
  return (
    <div class="filters map-choices">
      <label>
        {t("map.according")}
        <select value={value} onChange={(event) => choose(event.currentTarget.value)}>
          <option value="agreed">{t("map.agreed")}</option>
          <option value="nowcast">{t("map.nowcast")}</option>
          {sides.length > 0 && (
            <optgroup label={t("map.sides")}>
              {sides.map((side) => (
                <option key={side} value={`account ${side}`}>
                  {sideName(side)}
                </option>
              ))}
            </optgroup>
          )}
          <optgroup label={t("map.accounts")}>
            {others.map((name) => (
              <option key={name} value={`account ${name}`}>
                {name}
              </option>
            ))}
            {!known && <option value={value}>{by.kind === "account" && by.name}</option>}
          </optgroup>
        </select>
      </label>
      <p class="map-tools">
        <button type="button" onClick={onSave}>
          {t("map.save-png")}
        </button>
        <button type="button" onClick={() => print()}>
          {t("map.print")}
        </button>
      </p>
    </div>
  );
}

/** The day in force: it follows the hand at once, and the address a little later. */
function useDay(span: ReturnType<typeof spanOf>, asked: string | null): [string, (day: string) => void] {
  const [held, setHeld] = useState(asked);
  const written = useRef(asked);
  const later = useLater();
  // What the address has because of the hand is behind it by now: only another's change is followed.
  useEffect(() => {
    if (asked !== written.current) setHeld(asked);
    written.current = asked;
  }, [asked]);
  const choose = useCallback(
    (day: string) => {
      setHeld(day);
      later(() => {
        written.current = day === span.last ? null : day;
        ask({ day: written.current ?? "" }, { replace: true });
      });
    },
    [later, span.last],
  );
  return [within(span, held), choose];
}

/** Return a function that does the last thing it is told, once the hand has rested. */
function useLater(): (what: () => void) => void {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useCallback((what) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(what, SETTLE_MS);
  }, []);
}

/** What is shown of each town on a day, by whose word is chosen. */
function useShown(towns: readonly Town[], by: By, day: string, palette: Palette, asOf: string | null) {
  const { as_of = "", day: asked = "" } = address.value.query;
  const guesses = useEvery<NowcastRow>(by.kind === "nowcast" ? "nowcast" : null, { on: asked, as_of });
  const sides = sidesInOrder();
  const named = useMemo(() => keys(towns), [towns]);
  const likely = useMemo(() => likeliest(guesses.data?.items ?? []), [guesses.data]);
  const byKind = by.kind;
  const byName = by.kind === "account" ? by.name : "";
  // biome-ignore lint/correctness/useExhaustiveDependencies: `by` is made anew for each drawing; its parts say whether it changed
  const shown = useMemo(() => {
    const today = asOf === null ? day : dayOf(asOf, zone.value);
    return towns.map((town): Shown => {
      const guess = likely.get(town.gazetteer_id ?? town.place) ?? null;
      const now = standing(town, day, by, campOf, guess);
      const changed = by.kind !== "nowcast" && changes(now, standing(town, dayAfter(day, -1), by, campOf), campOf);
      const silent = silence(now, day < today ? day : today);
      const icon = iconOf(now, { sides, camp: campOf, stale: isStale(silent), changed });
      const name = iconName(icon, palette.scheme);
      return {
        town,
        key: named.get(town) ?? town.place,
        standing: now,
        icon: name,
        slot: slotOf(icon, sides.length),
        changed,
        silent,
      };
    });
  }, [towns, named, byKind, byName, day, asOf, likely, palette, sides, zone.value]);
  return { shown, sides };
}

function likeliest(rows: readonly NowcastRow[]): ReadonlyMap<string, Likely> {
  const found = new Map<string, Likely>();
  for (const row of rows) {
    const key = row.gazetteer_id ?? row.place;
    if (row.probability > (found.get(key)?.probability ?? -1)) found.set(key, row);
  }
  return found;
}

/** Return in words what happens on the day shown. */
function saidOf(shown: readonly Shown[]): string {
  const changed = shown.filter((one) => one.changed);
  const silent = shown.filter((one) => isStale(one.silent) && one.standing.holder !== null).length;
  const changes =
    changed.length > 0 && changed.length <= NAMED
      ? t("map.changes-named", { names: listed(changed.map((one) => one.key)) })
      : t(changed.length === 0 ? "map.changes-none" : "map.changes", { n: changed.length });
  return silent === 0 ? changes : `${changes} ${t("map.silent-places", { n: silent })}`;
}

/** The colours in force; another palette once the reader or the system chooses another scheme. */
function usePalette(): Palette {
  const chosen = theme.value;
  const sides = sidesInOrder();
  const [systems, setSystems] = useState(0);
  useEffect(() => {
    const scheme = matchMedia("(prefers-color-scheme: dark)");
    const changed = () => setSystems((n) => n + 1);
    scheme.addEventListener("change", changed);
    return () => scheme.removeEventListener("change", changed);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is read are colours of the document, which these change
  return useMemo(() => readPalette(sides.map(markOf)), [chosen, systems, sides]);
}

/** Browsers print no WebGL picture: a copy of it stands in while they print. */
function usePrintable(canvas: { readonly current: Canvas | null }): void {
  useEffect(() => {
    const copy = () => {
      const target = document.querySelector<HTMLImageElement>(".map-print");
      if (!canvas.current || !target) return;
      canvas.current.map.redraw();
      target.src = canvas.current.map.getCanvas().toDataURL();
    };
    addEventListener("beforeprint", copy);
    return () => removeEventListener("beforeprint", copy);
  }, [canvas]);
}

async function savePicture(
  canvas: Canvas | null,
  {
    list,
    day,
    by,
    legend,
    sources,
    palette,
  }: {
    readonly list: List<Town>;
    readonly day: string;
    readonly by: View["by"];
    readonly legend: ReturnType<typeof legendOf>;
    readonly sources: readonly string[];
    readonly palette: Palette;
  },
): Promise<void> {
  if (!canvas) return;
  const pictures = await Promise.all(
    legend.map(async ({ icon, text }) => {
      const picture = new Image();
      picture.src = pictureUrl(icon, palette);
      await picture.decode();
      return { picture, text };
    }),
  );
  canvas.map.redraw();
  const file = await mapPicture(canvas.map.getCanvas(), devicePixelRatio, {
    title: `${fullDay(day)} · ${byWords(by)}`,
    lines: [stampOf(list.as_of, list.policy), `${sources.join(" · ")}. ${t("map.boundaries")}`],
    legend: pictures,
    rtl: LANGUAGES[language.value].dir === "rtl",
    paper: palette.paper,
    ink: palette.ink,
    soft: palette.soft,
  });
  handOver(file, `marsad-${day}.png`);
}

function byWords(by: By): string {
  if (by.kind === "account") return t("map.by", { name: accountName(by.name) });
  return t("map.by", { name: t(by.kind === "nowcast" ? "map.nowcast" : "map.agreed") });
}

function ends(list: List<Town>): [string, string] {
  const since = monitor.value?.first ?? list.as_of ?? new Date().toISOString();
  const until = list.as_of ?? monitor.value?.last ?? since;
  return [dayOf(since, zone.value), dayOf(until, zone.value)];
}
