import type { Feature, FeatureCollection, LineString } from "geojson";
import {
  type ExpressionSpecification,
  type GeoJSONSource,
  type LayerSpecification,
  LngLatBounds,
  Map as MapLibre,
  type StyleSpecification,
  setWorkerUrl,
} from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
import latin from "@fontsource/ibm-plex-sans/files/ibm-plex-sans-latin-400-normal.woff2?url";
import latinBold from "@fontsource/ibm-plex-sans/files/ibm-plex-sans-latin-600-normal.woff2?url";
import latinExt from "@fontsource/ibm-plex-sans/files/ibm-plex-sans-latin-ext-400-normal.woff2?url";
import latinExtBold from "@fontsource/ibm-plex-sans/files/ibm-plex-sans-latin-ext-600-normal.woff2?url";
import arabic from "@fontsource/ibm-plex-sans-arabic/files/ibm-plex-sans-arabic-arabic-400-normal.woff2?url";
import arabicBold from "@fontsource/ibm-plex-sans-arabic/files/ibm-plex-sans-arabic-arabic-600-normal.woff2?url";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import type { Box } from "./box";
import { FINENESS, picture } from "./draw";
import { type Palette, pieExpression, pieSums } from "./icons";
import type { Camera } from "./view";
import { countryNames, serveWorld, WORLD_CLOSEST, WORLD_TILES } from "./world";

/** A town as the map draws it. `nth` tells apart those that lie on one point. */
export interface Dot {
  readonly key: string;
  readonly lon: number;
  readonly lat: number;
  readonly icon: string;
  readonly slot: number;
  readonly rank: number;
  readonly nth: number;
}

/** One way along roads, with a status for each leg. */
export interface Way {
  readonly dash: readonly number[];
  readonly legs: readonly { readonly status: string; readonly line: readonly (readonly [number, number])[] }[];
}

export interface Canvas {
  readonly map: MapLibre;
  showTowns(dots: readonly Dot[]): void;
  showWays(ways: readonly Way[]): void;
  select(key: string | null): void;
  dress(palette: Palette): void;
  speak(locale: string): void;
  look(camera: Camera | Box, gently: boolean): void;
}

export interface Told {
  readonly moved: (camera: Camera) => void;
  readonly seen: (box: Box) => void;
  readonly picked: (key: string) => void;
  readonly pointed: (key: string | null, at: { x: number; y: number }) => void;
}

/** How ways of different accounts are told apart; further ones begin anew. */
export const DASHES: readonly (readonly number[])[] = [
  [1],
  [4, 1.5],
  [1.2, 1.2],
  [6, 1.5, 1.2, 1.5],
  [2.5, 2.5],
  [0.4, 1.6],
];
const CLUSTERED_UP_TO = 8;
const CLUSTER_RADIUS = 20;
const NEAREST = 12;
/** Pixels between ways along the same road. */
const APART = 5;
const BESIDE = 15;
const TEXT = ["Plex"];
const BOLD = ["Plex Bold"];

serveWorld();
setWorkerUrl(workerUrl);

/** Put a map into an element. Throws where the browser can draw none. */
export function makeCanvas(
  container: HTMLElement,
  {
    palette,
    sides,
    locale,
    start,
    told,
  }: {
    readonly palette: Palette;
    readonly sides: number;
    readonly locale: string;
    readonly start: Camera | Box;
    readonly told: Told;
  },
): Canvas {
  let colours = palette;
  const map = new MapLibre({
    container,
    style: styleOf(palette, sides, locale),
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    maxZoom: NEAREST,
    renderWorldCopies: true,
    fadeDuration: 0,
    ...("lat" in start ? { center: [start.lon, start.lat], zoom: start.zoom } : { bounds: boundsOf(start) }),
    fitBoundsOptions: FIT,
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.setMissingStyleImageResolver(async (name) => {
    const drawn = picture(name, colours);
    if (drawn && !map.hasImage(name)) map.addImage(name, drawn, { pixelRatio: FINENESS });
  });
  listen(map, told);
  const ready = new Promise<void>((done) => map.once("style.load", () => done()));
  const source = (name: string) => map.getSource<GeoJSONSource>(name);
  return {
    map,
    showTowns: (dots) => void ready.then(() => source("towns")?.setData(pointsOf(dots))),
    showWays: (ways) => void ready.then(() => source("ways")?.setData(linesOf(ways))),
    select: (key) => void ready.then(() => map.setFilter("selected", ["==", ["get", "key"], key ?? ""])),
    speak: (next) => void ready.then(() => source("countries")?.setData(countryNames(next))),
    dress: (next) => {
      colours = next;
      void ready.then(() => {
        for (const layer of layersOf(next, sides)) repaint(map, layer);
      });
    },
    look: (to, gently) => {
      const still = { animate: gently };
      if ("lat" in to) map.easeTo({ center: [to.lon, to.lat], zoom: to.zoom, ...still });
      else map.fitBounds(boundsOf(to), { ...FIT, ...still });
    },
  };
}

/** Room round the towns that are shown, for their names and the buttons. */
const FIT = { padding: { top: 36, bottom: 36, left: 60, right: 64 }, maxZoom: 9 };

function listen(map: MapLibre, told: Told): void {
  const canvas = map.getCanvas();
  const seen = () => {
    const box = map.getBounds();
    told.seen([box.getWest(), box.getSouth(), box.getEast(), box.getNorth()]);
  };
  map.on("load", seen);
  map.on("moveend", () => {
    seen();
    const { lat, lng } = map.getCenter();
    told.moved({ lat, lon: lng, zoom: map.getZoom() });
  });
  map.on("click", "towns", ({ features }) => {
    const key: unknown = features?.[0]?.properties.key;
    if (typeof key === "string") told.picked(key);
  });
  map.on("click", "clusters", async ({ features }) => {
    const [cluster] = features ?? [];
    if (cluster?.geometry.type !== "Point") return;
    const zoom = await map.getSource<GeoJSONSource>("towns")?.getClusterExpansionZoom(cluster.properties.cluster_id);
    const [lon = 0, lat = 0] = cluster.geometry.coordinates;
    map.easeTo({ center: [lon, lat], zoom: Math.min(zoom ?? NEAREST, NEAREST) });
  });
  map.on("mousemove", "towns", ({ features, point }) => {
    canvas.style.cursor = "pointer";
    told.pointed((features?.[0]?.properties.key as string | undefined) ?? null, point);
  });
  map.on("mouseenter", "clusters", () => {
    canvas.style.cursor = "pointer";
  });
  for (const layer of ["towns", "clusters"])
    map.on("mouseleave", layer, () => {
      canvas.style.cursor = "";
      told.pointed(null, { x: 0, y: 0 });
    });
}

function styleOf(palette: Palette, sides: number, locale: string): StyleSpecification {
  return {
    version: 8,
    "font-faces": {
      [TEXT[0] as string]: faces(latin, latinExt, arabic),
      [BOLD[0] as string]: faces(latinBold, latinExtBold, arabicBold),
    },
    sources: {
      world: { type: "vector", tiles: [WORLD_TILES], minzoom: 0, maxzoom: WORLD_CLOSEST },
      countries: { type: "geojson", data: countryNames(locale) },
      ways: { type: "geojson", data: linesOf([]) },
      towns: {
        type: "geojson",
        data: pointsOf([]),
        cluster: true,
        clusterRadius: CLUSTER_RADIUS,
        clusterMaxZoom: CLUSTERED_UP_TO,
        clusterProperties: pieSums(sides),
      },
    },
    layers: layersOf(palette, sides),
  };
}

/** Return the letters that each font file has, as `fonts.css` has them. */
function faces(plain: string, more: string, arab: string) {
  return [
    { url: absolute(arab), "unicode-range": ["U+0600-08FF", "U+FB50-FDFF", "U+FE70-FEFC"] },
    {
      url: absolute(more),
      "unicode-range": ["U+0100-02BA", "U+02BD-02C5", "U+02C7-02CC", "U+02CE-02FF", "U+1D00-1EFF"],
    },
    { url: absolute(plain), "unicode-range": ["U+0000-00FF", "U+02BB-02BC", "U+02C6", "U+2000-206F"] },
  ];
}

function absolute(url: string): string {
  return new URL(url, location.href).href;
}

function layersOf(palette: Palette, sides: number): LayerSpecification[] {
  return [
    { id: "sea", type: "background", paint: { "background-color": palette.sea } },
    { id: "land", type: "fill", source: "world", "source-layer": "land", paint: { "fill-color": palette.land } },
    {
      id: "coasts",
      type: "line",
      source: "world",
      "source-layer": "land",
      paint: { "line-color": palette.coast, "line-width": 0.8 },
    },
    {
      id: "borders",
      type: "line",
      source: "world",
      "source-layer": "borders",
      layout: { "line-join": "round" },
      paint: { "line-color": palette.border, "line-width": ["interpolate", ["linear"], ["zoom"], 3, 0.6, 8, 1.4] },
    },
    {
      id: "countries",
      type: "symbol",
      source: "countries",
      maxzoom: 9,
      layout: {
        "text-field": ["get", "name"],
        "text-font": BOLD,
        "text-size": ["interpolate", ["linear"], ["zoom"], 3, 10, 7, 14],
        "text-max-width": 6,
        "symbol-sort-key": ["-", 0, ["get", "size"]],
      },
      paint: { "text-color": palette.country, "text-halo-color": palette.land, "text-halo-width": 1 },
    },
    ...DASHES.map((dash, at) => wayLayer(dash, at, palette)),
    {
      id: "names",
      type: "symbol",
      source: "towns",
      filter: ["!", ["has", "point_count"]],
      layout: {
        "symbol-sort-key": ["get", "rank"],
        "text-field": ["get", "key"],
        "text-font": TEXT,
        "text-size": 12,
        "text-variable-anchor": ["left", "right", "top", "bottom"],
        "text-radial-offset": 1.25,
        "text-justify": "auto",
        "text-max-width": 8,
      },
      paint: { "text-color": palette.ink, "text-halo-color": palette.land, "text-halo-width": 1.6 },
    },
    {
      id: "towns",
      type: "symbol",
      source: "towns",
      filter: ["!", ["has", "point_count"]],
      layout: {
        "icon-image": ["get", "icon"],
        "icon-allow-overlap": true,
        "icon-padding": 0,
        "icon-offset": BESIDE_ONE_ANOTHER,
        "symbol-sort-key": ["get", "rank"],
      },
    },
    {
      id: "clusters",
      type: "symbol",
      source: "towns",
      filter: ["has", "point_count"],
      layout: {
        "icon-image": pieExpression(palette.scheme, sides) as ExpressionSpecification,
        "icon-allow-overlap": true,
        "icon-padding": 0,
        "text-field": ["get", "point_count_abbreviated"],
        "text-font": BOLD,
        "text-size": 10.5,
        "text-allow-overlap": true,
      },
      paint: { "text-color": palette.ink },
    },
    {
      id: "selected",
      type: "circle",
      source: "towns",
      filter: ["==", ["get", "key"], ""],
      paint: {
        "circle-radius": 15,
        "circle-color": "transparent",
        "circle-stroke-color": palette.ink,
        "circle-stroke-width": 2.5,
      },
    },
  ];
}

/** Towns on one point stand in a row. */
const BESIDE_ONE_ANOTHER: ExpressionSpecification = [
  "match",
  ["get", "nth"],
  1,
  ["literal", [BESIDE, BESIDE]],
  2,
  ["literal", [-BESIDE, BESIDE]],
  3,
  ["literal", [0, -BESIDE]],
  ["literal", [0, 0]],
];

function wayLayer(dash: readonly number[], at: number, palette: Palette): LayerSpecification {
  return {
    id: `way-${at}`,
    type: "line",
    source: "ways",
    filter: ["==", ["get", "dash"], at],
    layout: { "line-join": "round", "line-cap": "butt" },
    paint: {
      "line-color": [
        "match",
        ["get", "status"],
        "open",
        palette.open,
        "restricted",
        palette.restricted,
        "closed",
        palette.closed,
        palette.soft,
      ],
      "line-width": 3.2,
      "line-offset": (at % 2 === 0 ? 1 : -1) * Math.ceil(at / 2) * APART,
      ...(dash.length > 1 && { "line-dasharray": [...dash] }),
    },
  };
}

/** Give a layer the colours of another palette: all that a palette decides is in paint, but for the signs. */
function repaint(map: MapLibre, layer: LayerSpecification): void {
  for (const [name, value] of Object.entries(layer.paint ?? {}))
    map.setPaintProperty(layer.id, name as Parameters<MapLibre["setPaintProperty"]>[1], value);
  if (layer.id === "clusters" && layer.type === "symbol" && layer.layout?.["icon-image"])
    map.setLayoutProperty("clusters", "icon-image", layer.layout["icon-image"]);
}

function pointsOf(dots: readonly Dot[]): FeatureCollection {
  return {
    type: "FeatureCollection",
    features: dots.map(({ lon, lat, ...properties }) => ({
      type: "Feature",
      geometry: { type: "Point", coordinates: [lon, lat] },
      properties,
    })),
  };
}

function linesOf(ways: readonly Way[]): FeatureCollection {
  const features = ways.flatMap(({ legs }, at) =>
    legs.map(
      ({ status, line }): Feature<LineString> => ({
        type: "Feature",
        geometry: { type: "LineString", coordinates: line.map(([lon, lat]) => [lon, lat]) },
        properties: { status, dash: at % DASHES.length },
      }),
    ),
  );
  return { type: "FeatureCollection", features };
}

function boundsOf([west, south, east, north]: Box): LngLatBounds {
  return new LngLatBounds([west, south], [east, north]);
}
