/** What is drawn under and over an exported map, so that the picture says by itself what it is. */
export interface Caption {
  readonly title: string;
  readonly lines: readonly string[];
  readonly legend: readonly { readonly picture: HTMLImageElement; readonly text: string }[];
  readonly rtl: boolean;
  readonly paper: string;
  readonly ink: string;
  readonly soft: string;
}

const FAMILY = "Plex, sans-serif";
const MARGIN = 20;
const LEGEND_WIDTH = 190;

/** Return a map with its caption as a PNG file. */
export async function mapPicture(map: HTMLCanvasElement, fineness: number, caption: Caption): Promise<Blob> {
  const width = map.width / fineness;
  const height = map.height / fineness;
  const columns = Math.max(1, Math.floor((width - 2 * MARGIN) / LEGEND_WIDTH));
  const legendRows = Math.ceil(caption.legend.length / columns);
  const made = document.createElement("canvas");
  const brush = made.getContext("2d");
  if (!brush) throw new Error("no canvas");
  brush.font = `400 12px ${FAMILY}`;
  const lines = caption.lines.flatMap((line) => wrapped(brush, line, width - 2 * MARGIN));
  const head = 52;
  const foot = legendRows * 26 + lines.length * 18 + 34;
  made.width = map.width;
  made.height = (head + height + foot) * fineness;
  brush.scale(fineness, fineness);
  brush.fillStyle = caption.paper;
  brush.fillRect(0, 0, width, head + height + foot);
  brush.drawImage(map, 0, head, width, height);
  brush.direction = caption.rtl ? "rtl" : "ltr";
  brush.textAlign = "start";
  brush.textBaseline = "middle";
  const start = (from: number) => (caption.rtl ? width - from : from);
  brush.fillStyle = caption.ink;
  brush.font = `600 18px ${FAMILY}`;
  brush.fillText(caption.title, start(MARGIN), head / 2, width - 2 * MARGIN);
  brush.font = `400 12px ${FAMILY}`;
  for (const [at, { picture, text }] of caption.legend.entries()) {
    const x = MARGIN + (at % columns) * LEGEND_WIDTH;
    const y = head + height + 20 + Math.floor(at / columns) * 26;
    brush.drawImage(picture, caption.rtl ? width - x - 22 : x, y - 11, 22, 22);
    brush.fillText(text, start(x + 28), y, LEGEND_WIDTH - 36);
  }
  brush.fillStyle = caption.soft;
  for (const [at, line] of lines.entries())
    brush.fillText(line, start(MARGIN), head + height + legendRows * 26 + 24 + at * 18);
  return new Promise((done, failed) =>
    made.toBlob((blob) => (blob ? done(blob) : failed(new Error("no picture"))), "image/png"),
  );
}

/** Return a drawing as an SVG file that needs no style sheet: what style sheets decide is written into it. */
export function svgFile(drawing: SVGSVGElement): Blob {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const originals = [drawing, ...drawing.querySelectorAll("*")];
  const copies = [copy, ...copy.querySelectorAll("*")];
  for (const [at, original] of originals.entries()) {
    const style = getComputedStyle(original);
    const target = copies[at];
    for (const name of WRITTEN) {
      const value = style.getPropertyValue(name);
      if (value && value !== "none" && value !== "normal") target?.setAttribute(name, value);
      else if (name === "fill" && value === "none") target?.setAttribute(name, value);
    }
    target?.removeAttribute("class");
    target?.removeAttribute("style");
  }
  const box = drawing.viewBox.baseVal;
  copy.setAttribute("width", String(box.width));
  copy.setAttribute("height", String(box.height));
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  return new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml" });
}

const WRITTEN = [
  "fill",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "opacity",
  "font-family",
  "font-size",
  "font-weight",
  "text-anchor",
  "direction",
];

/** Hand a file to the reader. */
export function handOver(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function wrapped(brush: CanvasRenderingContext2D, text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line ? `${line} ${word}` : word;
    if (line && brush.measureText(longer).width > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}
