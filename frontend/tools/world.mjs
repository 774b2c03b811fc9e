// Cuts the base map out of Natural Earth (by way of world-atlas): land and borders as vector tiles in one file,
// and a point for each country's name. So the page draws a map with no server of tiles to ask.
//
// The file begins with the length of its index as 4 bytes, the lowest first; then the index as JSON, from "z/x/y" to
// where that tile begins after the index and how long it is; then the tiles. Tiles with nothing in them are left out.
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { GeoJSONVT } from "@maplibre/geojson-vt";
import { fromGeojsonVt } from "@maplibre/vt-pbf";
import { feature, merge, mesh } from "topojson-client";

/** Seen from nearer, tiles of this zoom are drawn larger: they hold all that there is at a scale of 1 to 10 million. */
const CLOSEST = 5;
const TO = new URL("../generated/", import.meta.url);

if (fresh()) process.exit();

const world = JSON.parse(readFileSync(new URL(import.meta.resolve("world-atlas/countries-10m.json")), "utf8"));
const { countries } = world.objects;

const LAYERS = {
  land: merge(world, countries.geometries),
  borders: mesh(world, countries, (one, other) => one !== other),
};

const indices = Object.entries(LAYERS).map(([name, geometry]) => {
  const index = new GeoJSONVT({ type: "Feature", properties: {}, geometry }, { maxZoom: CLOSEST, buffer: 32 });
  return [name, index];
});

const tiles = [];
const places = {};
let length = 0;
for (let z = 0; z <= CLOSEST; z += 1)
  for (let x = 0; x < 2 ** z; x += 1)
    for (let y = 0; y < 2 ** z; y += 1) {
      const found = indices.map(([name, index]) => [name, index.getTile(z, x, y)]).filter(([, tile]) => tile);
      const layers = Object.fromEntries(found.filter(([, tile]) => tile.features.length > 0));
      if (Object.keys(layers).length === 0) continue;
      const bytes = fromGeojsonVt(layers, { version: 2, extent: 4096 });
      places[`${z}/${x}/${y}`] = [length, bytes.length];
      tiles.push(bytes);
      length += bytes.length;
    }

const index = Buffer.from(JSON.stringify(places));
const head = Buffer.alloc(4);
head.writeUInt32LE(index.length);

const names = feature(world, countries).features.flatMap((country) => {
  const point = middle(country.geometry);
  return point.size > 0 ? [{ code: country.id ?? null, name: country.properties.name, ...point }] : [];
});
names.sort((one, other) => other.size - one.size);

mkdirSync(TO, { recursive: true });
writeFileSync(new URL("world.tiles", TO), Buffer.concat([head, index, ...tiles]));
writeFileSync(new URL("countries.json", TO), `${JSON.stringify(names)}\n`);

/** Return the middle of a country's largest part, and its size in square degrees: 0 where it goes round a pole. */
function middle(geometry) {
  const parts = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  const [largest] = parts.map(([ring]) => centroid(unbroken(ring))).sort((one, other) => other.size - one.size);
  return largest;
}

/** Return a ring that goes on beyond 180 degrees where it crosses that line. */
function unbroken(ring) {
  let turn = 0;
  return ring.map(([lon, lat], at) => {
    const step = at === 0 ? 0 : lon - ring[at - 1][0];
    if (Math.abs(step) > 180) turn -= 360 * Math.sign(step);
    return [lon + turn, lat];
  });
}

/** Return whether the map was cut since this file and the packages that it is cut from were last changed. */
function fresh() {
  const [made, ...from] = [
    new URL("countries.json", TO),
    import.meta.url,
    new URL("../package-lock.json", import.meta.url),
  ];
  const [cut, ...changed] = [made, ...from].map(
    (one) => statSync(new URL(one), { throwIfNoEntry: false })?.mtimeMs ?? 0,
  );
  return cut > Math.max(...changed);
}

function centroid(ring) {
  if (Math.abs(ring[0][0] - ring[ring.length - 1][0]) > 180) return { size: 0 };
  let [twice, x, y] = [0, 0, 0];
  for (let at = 0; at + 1 < ring.length; at += 1) {
    const [[x0, y0], [x1, y1]] = [ring[at], ring[at + 1]];
    const cross = x0 * y1 - x1 * y0;
    twice += cross;
    x += (x0 + x1) * cross;
    y += (y0 + y1) * cross;
  }
  const round = (value) => Math.round(value * 100) / 100;
  const lon = ((x / (3 * twice) + 900) % 360) - 180;
  return { lon: round(lon), lat: round(y / (3 * twice)), size: round(Math.abs(twice) / 2) };
}
