import type { Query } from "../../route";
import type { By } from "./towns";

/** Where the map looks: the middle of the picture, and how near. */
export interface Camera {
  readonly lat: number;
  readonly lon: number;
  readonly zoom: number;
}

/** All that a view of the map depends on besides what every page has. */
export interface View {
  /** Null: as much as all towns take. */
  readonly camera: Camera | null;
  readonly day: string | null;
  readonly by: By;
  readonly town: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly traffic: string | null;
}

/** Return the view that a query means; what makes no sense in it is as if it were not there. */
export function viewOf(query: Query): View {
  return {
    camera: cameraOf(query.at),
    day: query.day ?? null,
    by: byOf(query),
    town: query.place ?? null,
    from: query.from ?? null,
    to: query.to ?? null,
    traffic: query.for ?? null,
  };
}

/** Return the query of where the map looks, as exact as a picture shows it. */
export function cameraQuery({ lat, lon, zoom }: Camera): Query {
  return { at: `${lat.toFixed(3)},${lon.toFixed(3)},${zoom.toFixed(2)}` };
}

/** Return the query of by whose word towns are coloured; an account goes along to other pages. */
export function byQuery(by: By): Query {
  if (by.kind === "account") return { by: "", according_to: by.name };
  return { by: by.kind === "nowcast" ? "nowcast" : "", according_to: "" };
}

function byOf(query: Query): By {
  if (query.by === "nowcast") return { kind: "nowcast" };
  return query.according_to ? { kind: "account", name: query.according_to } : { kind: "agreed" };
}

function cameraOf(at: string | undefined): Camera | null {
  const numbers = at?.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part))) ?? [];
  const [lat, lon, zoom] = numbers;
  if (lat === undefined || lon === undefined || zoom === undefined || numbers.length !== 3) return null;
  const fits = Math.abs(lat) <= 85 && Math.abs(lon) <= 180 && zoom >= 0 && zoom <= 22;
  return fits ? { lat, lon, zoom } : null;
}
