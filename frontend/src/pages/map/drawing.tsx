import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import { LANGUAGES, language, locale, t } from "../../i18n";
import { daysBetween } from "./days";
import { handOver, svgFile } from "./exporting";
import { ticks } from "./lanes";

/** Measures of a drawing over days, in its own units. */
export const WIDE = 960;
export const LABELS = 210;
export const ROW = 22;
const HEAD = 26;
const FOOT = 22;

export interface Days {
  readonly first: string;
  readonly last: string;
}

/** From a day to where it stands: from the side on which one begins to read. */
export interface Scale {
  readonly rtl: boolean;
  readonly x: (day: string) => number;
  /** The left edge and width of what lies between two days. */
  readonly between: (from: string, to: string) => { readonly x: number; readonly width: number };
  /** Where labels begin. */
  readonly start: number;
}

/** Return the scale of a drawing over days, mirrored in a language that is read from the right. */
export function scaleOf({ first, last }: Days): Scale {
  const rtl = LANGUAGES[language.value].dir === "rtl";
  const unit = (WIDE - LABELS - 8) / (daysBetween(first, last) + 1);
  const along = (day: string) => LABELS + daysBetween(first, day) * unit;
  const x = (day: string) => (rtl ? WIDE - along(day) : along(day));
  return {
    rtl,
    x,
    start: rtl ? WIDE : 0,
    between: (from, to) => ({ x: Math.min(x(from), x(to)), width: Math.max(Math.abs(x(to) - x(from)), 2) }),
  };
}

/** A drawing over days with its scale, stamp, a button that saves it, and a table that says the same. */
export function Drawing({
  label,
  days,
  rows,
  marked,
  stamp,
  file,
  children,
  table,
}: {
  readonly label: string;
  readonly days: Days;
  readonly rows: number;
  readonly marked: string | null;
  readonly stamp: string;
  readonly file: string;
  readonly children: ComponentChildren;
  readonly table: ComponentChildren;
}) {
  const drawing = useRef<SVGSVGElement>(null);
  const scale = scaleOf(days);
  const bottom = HEAD + rows * ROW;
  return (
    <figure class="drawing">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what is wider than a phone is scrolled with the keyboard too */}
      <section class="scroll" tabIndex={0} aria-label={label}>
        <svg
          ref={drawing}
          viewBox={`0 0 ${WIDE} ${bottom + FOOT}`}
          role="img"
          aria-label={label}
          direction={scale.rtl ? "rtl" : "ltr"}
        >
          {ticks(days, 9).map((day) => (
            <g key={day} class="tick">
              <line x1={scale.x(day)} x2={scale.x(day)} y1={HEAD - 4} y2={bottom} />
              <text x={scale.x(day) + (scale.rtl ? -3 : 3)} y={HEAD - 9}>
                {tickText(day)}
              </text>
            </g>
          ))}
          {marked && <line class="marked" x1={scale.x(marked)} x2={scale.x(marked)} y1={HEAD - 4} y2={bottom} />}
          <g transform={`translate(0 ${HEAD})`}>{children}</g>
          <text class="stamp" x={scale.start} y={bottom + 15}>
            {stamp}
          </text>
        </svg>
      </section>
      <figcaption>
        <button type="button" onClick={() => drawing.current && handOver(svgFile(drawing.current), `${file}.svg`)}>
          {t("map.save-svg")}
        </button>
        <details>
          <summary>{t("timeline.as-table")}</summary>
          <div class="scroll">{table}</div>
        </details>
      </figcaption>
    </figure>
  );
}

function tickText(day: string): string {
  const style: Intl.DateTimeFormatOptions = { day: "numeric", month: "short", timeZone: "UTC" };
  return new Intl.DateTimeFormat(locale.value, style).format(new Date(`${day}T12:00:00Z`));
}
