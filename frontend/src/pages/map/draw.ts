import { drawnAs, type Icon, NONE, OTHER, type Palette, PIE_SIZE, slices, TOWN_SIZE } from "./icons";

/** Signs are drawn so much larger than they are shown, for screens with finer pixels. */
export const FINENESS = 2;

const STRIPE = 3.2;
const FAINT = 0.3;
const TURN = 2 * Math.PI;

type Brush = CanvasRenderingContext2D;

/** Return the picture of a sign by its name, null where the name means none. */
export function picture(name: string, palette: Palette): ImageData | null {
  const drawn = drawnAs(name);
  if (drawn === null) return null;
  const size = ("main" in drawn ? TOWN_SIZE : PIE_SIZE) * FINENESS;
  const brush = canvas(size).getContext("2d");
  if (!brush) return null;
  brush.scale(FINENESS, FINENESS);
  if ("main" in drawn) drawTown(brush, drawn, palette);
  else drawPie(brush, drawn, palette);
  return brush.getImageData(0, 0, size, size);
}

const addresses = new Map<string, string>();

/** Return a sign as an address for `<img>`. */
export function pictureUrl(name: string, palette: Palette): string {
  const kept = addresses.get(name);
  if (kept !== undefined) return kept;
  const data = picture(name, palette);
  const target = data && canvas(data.width);
  if (data && target) target.getContext("2d")?.putImageData(data, 0, 0);
  const address = target?.toDataURL() ?? "";
  addresses.set(name, address);
  return address;
}

/** Draw a town: filled by who holds it, hatched where that is not one side's alone, hollow where nobody is known. */
export function drawTown(brush: Brush, icon: Icon, palette: Palette): void {
  const middle = TOWN_SIZE / 2;
  const radius = 8.5;
  if (icon.changed) ring(brush, middle, radius + 3.2, palette.ink, 1.6);
  disc(brush, middle, radius + 1.6, palette.paper);
  if (icon.main === NONE && !icon.hatched) {
    ring(brush, middle, radius - 3, palette.soft, 1.6);
    return;
  }
  const colour = colourOf(icon.main, palette);
  brush.save();
  circle(brush, middle, radius);
  brush.clip();
  const fill = icon.stale ? mixed(colour, palette.paper, FAINT) : colour;
  brush.fillStyle = fill;
  brush.fillRect(0, 0, TOWN_SIZE, TOWN_SIZE);
  if (icon.hatched) stripes(brush, rivalColour(icon, palette), TOWN_SIZE);
  brush.restore();
  ring(brush, middle, radius, icon.stale ? colour : palette.paper, icon.stale ? 1.4 : 1);
  const letter = palette.sides[icon.main]?.letter ?? (icon.main === OTHER ? "•" : "");
  if (icon.hatched && letter) disc(brush, middle, 5.4, fill);
  brush.fillStyle = icon.stale ? palette.ink : palette.sideInk;
  brush.font = `600 ${letter.length > 1 ? 7.5 : 9.5}px Plex, sans-serif`;
  brush.textAlign = "center";
  brush.textBaseline = "middle";
  brush.fillText(letter, middle, middle + 0.6);
}

/** Draw a cluster: a ring in which each kind of town has its share. */
function drawPie(brush: Brush, counts: readonly number[], palette: Palette): void {
  const middle = PIE_SIZE / 2;
  const [outer, inner] = [15, 9.5];
  disc(brush, middle, outer + 2, palette.paper);
  for (const { slot, begin, end } of slices(counts)) {
    brush.save();
    brush.beginPath();
    brush.arc(middle, middle, outer, (begin - 0.25) * TURN, (end - 0.25) * TURN);
    brush.arc(middle, middle, inner, (end - 0.25) * TURN, (begin - 0.25) * TURN, true);
    brush.closePath();
    brush.clip();
    const [other, mixedUp, hollow] = [palette.sides.length, palette.sides.length + 1, palette.sides.length + 2];
    brush.fillStyle = slot === hollow ? palette.paper : slot >= other ? palette.soft : colourOf(slot, palette);
    brush.fillRect(0, 0, PIE_SIZE, PIE_SIZE);
    if (slot === mixedUp) stripes(brush, palette.paper, PIE_SIZE);
    brush.restore();
  }
  ring(brush, middle, outer, palette.ink, 0.8);
  ring(brush, middle, inner, palette.ink, 0.8);
}

function colourOf(side: number, palette: Palette): string {
  return palette.sides[side]?.colour ?? palette.soft;
}

function rivalColour(icon: Icon, palette: Palette): string {
  return icon.rival === NONE ? palette.paper : colourOf(icon.rival, palette);
}

function stripes(brush: Brush, colour: string, size: number): void {
  brush.strokeStyle = colour;
  brush.lineWidth = STRIPE * 0.8;
  brush.beginPath();
  for (let at = -size; at < size; at += STRIPE * 1.9) {
    brush.moveTo(at, size);
    brush.lineTo(at + size, 0);
  }
  brush.stroke();
}

function circle(brush: Brush, middle: number, radius: number): void {
  brush.beginPath();
  brush.arc(middle, middle, radius, 0, TURN);
}

function disc(brush: Brush, middle: number, radius: number, colour: string): void {
  circle(brush, middle, radius);
  brush.fillStyle = colour;
  brush.fill();
}

function ring(brush: Brush, middle: number, radius: number, colour: string, width: number): void {
  circle(brush, middle, radius);
  brush.strokeStyle = colour;
  brush.lineWidth = width;
  brush.stroke();
}

/** Return a colour with another one shining through; both as browsers resolve them. */
function mixed(colour: string, ground: string, share: number): string {
  return `color-mix(in srgb, ${colour} ${share * 100}%, ${ground})`;
}

function canvas(size: number): HTMLCanvasElement {
  const made = document.createElement("canvas");
  made.width = size;
  made.height = size;
  return made;
}
