import { addProtocol } from "maplibre-gl";
import places from "../../../generated/countries.json";
import archive from "../../../generated/world.tiles?url";

/** A country's name and where it stands; `code` is ISO 3166's number, null where it has none. */
interface Country {
  readonly code: string | null;
  readonly name: string;
  readonly lon: number;
  readonly lat: number;
  readonly size: number;
}

/** Where the tiles of the base map are asked for. */
export const WORLD_TILES = "world://{z}/{x}/{y}";
/** The nearest zoom of which there are tiles; `tools/world.mjs` cuts them. */
export const WORLD_CLOSEST = 5;

let read: Promise<(tile: string) => ArrayBuffer> | null = null;

/** Let the map take its base from the one file that these pages bring along. */
export function serveWorld(): void {
  addProtocol("world", async ({ url }) => {
    read ??= open();
    return { data: (await read)(url.slice("world://".length)) };
  });
}

async function open(): Promise<(tile: string) => ArrayBuffer> {
  const bytes = await (await fetch(archive)).arrayBuffer();
  const length = new DataView(bytes).getUint32(0, true);
  const index = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 4, length))) as Record<
    string,
    readonly [number, number]
  >;
  return (tile) => {
    const [begin, size] = index[tile] ?? [0, 0];
    return bytes.slice(4 + length + begin, 4 + length + begin + size);
  };
}

/** Return the names of countries as points, in a language: by their codes, else as Natural Earth has them. */
export function countryNames(locale: string): GeoJSON.FeatureCollection {
  const names = new Intl.DisplayNames(locale, { type: "region", fallback: "none" });
  return {
    type: "FeatureCollection",
    features: (places as readonly Country[]).map(({ code, name, lon, lat, size }) => ({
      type: "Feature",
      geometry: { type: "Point", coordinates: [lon, lat] },
      properties: { name: (code && names.of(new Intl.Locale(`und-${code}`).region ?? code)) || name, size },
    })),
  };
}
