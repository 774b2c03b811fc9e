import type { Town } from "./towns";

/** West, south, east, north. */
export type Box = readonly [number, number, number, number];

/** The whole world but for its icy ends, for a monitor in which no place is known. */
export const WORLD: Box = [-170, -55, 170, 75];
/** How many times as far from the middle as most towns one may lie and still be part of the picture. */
const FAR = 3;

/**
 * Return the box in which towns lie. One far away from nearly all others, such as a name mistaken for one in another
 * part of the world, is left out: it widens no picture.
 */
export function boxOf(towns: readonly Pick<Town, "lat" | "lon">[]): Box {
  const points = towns.flatMap(({ lat, lon }) => (lat === null || lon === null ? [] : [{ lat, lon }]));
  if (points.length === 0) return WORLD;
  const middle = { lat: median(points.map((one) => one.lat)), lon: median(points.map((one) => one.lon)) };
  const distance = (one: { lat: number; lon: number }) => Math.hypot(one.lat - middle.lat, one.lon - middle.lon);
  const distances = points.map(distance).sort((one, other) => one - other);
  const most = distances[Math.floor(distances.length * 0.75)] ?? 0;
  const near = points.filter((one) => distance(one) <= FAR * most);
  const [lats, lons] = [near.map((one) => one.lat), near.map((one) => one.lon)];
  return [lowest(lons), lowest(lats), highest(lons), highest(lats)];
}

/** Return whether a town lies in a box; one that lies nowhere is in all of them, as no map can show it. */
export function inBox({ lat, lon }: Pick<Town, "lat" | "lon">, box: Box | null): boolean {
  if (box === null || lat === null || lon === null) return true;
  const [west, south, east, north] = box;
  return lat >= south && lat <= north && lon >= west && lon <= east;
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? 0;
}

function lowest(numbers: readonly number[]): number {
  return numbers.reduce((one, other) => Math.min(one, other), Number.POSITIVE_INFINITY);
}

function highest(numbers: readonly number[]): number {
  return numbers.reduce((one, other) => Math.max(one, other), Number.NEGATIVE_INFINITY);
}
