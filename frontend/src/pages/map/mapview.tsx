import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Nothing } from "../../components/states";
import { Words } from "../../components/text";
import { locale, t } from "../../i18n";
import type { Box } from "./box";
import { type Canvas, type Dot, makeCanvas, type Way } from "./canvas";
import type { Palette } from "./icons";
import type { Camera } from "./view";
import { fullDay, isStale, type Shown, shortDay, standingText } from "./words";

/** The map itself, with its buttons and what is told of the town under the pointer. */
export function MapView({
  shown,
  ways,
  selected,
  palette,
  sides,
  camera,
  all,
  day,
  onMove,
  onSee,
  onPick,
  onCanvas,
  children,
}: {
  readonly shown: readonly Shown[];
  readonly ways: readonly Way[];
  readonly selected: string | null;
  readonly palette: Palette;
  readonly sides: number;
  readonly camera: Camera | null;
  readonly all: Box;
  readonly day: string;
  readonly onMove: (camera: Camera) => void;
  readonly onSee: (box: Box) => void;
  readonly onPick: (key: string) => void;
  readonly onCanvas: (canvas: Canvas | null) => void;
  readonly children: ComponentChildren;
}) {
  const place = useRef<HTMLDivElement>(null);
  const [canvas, setCanvas] = useState<Canvas | null>(null);
  const [failed, setFailed] = useState(false);
  const [pointed, setPointed] = useState<{ key: string; x: number; y: number } | null>(null);
  const told = useRef({ onMove, onSee, onPick });
  told.current = { onMove, onSee, onPick };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the map is made once, and told of changes below
  useEffect(() => {
    if (!place.current) return undefined;
    let made: Canvas;
    try {
      made = makeCanvas(place.current, {
        palette,
        sides,
        locale: locale.value,
        start: camera ?? all,
        told: {
          moved: (to) => told.current.onMove(to),
          seen: (box) => told.current.onSee(box),
          picked: (key) => told.current.onPick(key),
          pointed: (key, at) => setPointed(key === null ? null : { key, ...at }),
        },
      });
    } catch {
      setFailed(true);
      return undefined;
    }
    setCanvas(made);
    onCanvas(made);
    return () => {
      onCanvas(null);
      made.map.remove();
    };
  }, []);
  useEffect(() => canvas?.showTowns(dotsOf(shown)), [canvas, shown]);
  useEffect(() => canvas?.showWays(ways), [canvas, ways]);
  useEffect(() => canvas?.select(selected), [canvas, selected]);
  useEffect(() => canvas?.dress(palette), [canvas, palette]);
  const [tongue, name] = [locale.value, t("map.canvas")];
  useEffect(() => {
    canvas?.speak(tongue);
    canvas?.map.getCanvas().setAttribute("aria-label", name);
  }, [canvas, tongue, name]);
  const under = pointed && shown.find((one) => one.key === pointed.key);
  return (
    <div class="map-frame">
      <div class="map-canvas" ref={place} dir="ltr" />
      {failed && <Nothing>{t("map.no-drawing")}</Nothing>}
      {canvas && (
        <div class="map-buttons">
          <button type="button" aria-label={t("map.nearer")} title={t("map.nearer")} onClick={() => zoom(canvas, 1)}>
            <span aria-hidden="true">+</span>
          </button>
          <button type="button" aria-label={t("map.further")} title={t("map.further")} onClick={() => zoom(canvas, -1)}>
            <span aria-hidden="true">−</span>
          </button>
          <button
            type="button"
            aria-label={t("map.whole")}
            title={t("map.whole")}
            onClick={() => canvas.look(all, gently())}
          >
            <span aria-hidden="true">⤢</span>
          </button>
        </div>
      )}
      {under && pointed && (
        <div
          class="map-tip"
          dir="ltr"
          style={{ transform: `translate(${pointed.x}px, ${pointed.y}px)` }}
          aria-hidden="true"
        >
          <div>
            <b>
              <Words>{under.key}</Words>
            </b>
            <p>{standingText(under.standing)}</p>
            {isStale(under.silent) && under.standing.heard && (
              <p class="silent">{t("map.silent", { day: shortDay(under.standing.heard), n: under.silent ?? 0 })}</p>
            )}
            {under.changed && <p>{t("map.changed-on", { day: fullDay(day) })}</p>}
          </div>
        </div>
      )}
      {children}
    </div>
  );
}

/** Return whether the picture may glide: not for readers who asked for less motion. */
export function gently(): boolean {
  return !matchMedia("(prefers-reduced-motion: reduce)").matches;
}

function zoom(canvas: Canvas, by: number): void {
  canvas.map.zoomTo(canvas.map.getZoom() + by, { animate: gently() });
}

function dotsOf(shown: readonly Shown[]): Dot[] {
  const taken = new Map<string, number>();
  return shown.flatMap(({ town, key, icon, slot }) => {
    if (town.lat === null || town.lon === null) return [];
    const point = `${town.lat} ${town.lon}`;
    const nth = taken.get(point) ?? 0;
    taken.set(point, nth + 1);
    return [{ key, icon, slot, nth, lat: town.lat, lon: town.lon, rank: -town.claims }];
  });
}
