import { useEffect, useState } from "preact/hooks";
import { dayAfter } from "../../dates";
import { LANGUAGES, language, t } from "../../i18n";
import { daysBetween, moved, type Span } from "./days";
import { fullDay } from "./words";

const STEP_MS = 700;
const HEIGHT = 36;

/** A slider over days, above it how many claims speak of each; it steps by buttons and keys, and plays. */
export function DaySlider({
  span,
  day,
  said,
  onDay,
}: {
  readonly span: Span;
  readonly day: string;
  /** What happens on the day, in words. */
  readonly said: string;
  readonly onDay: (day: string) => void;
}) {
  const [playing, setPlaying] = useState(false);
  const at = daysBetween(span.first, day);
  const last = span.days - 1;
  useEffect(() => {
    if (!playing) return undefined;
    if (at >= last) {
      setPlaying(false);
      return undefined;
    }
    const timer = setTimeout(() => onDay(dayAfter(day, 1)), STEP_MS);
    return () => clearTimeout(timer);
  }, [playing, at, last, day, onDay]);
  const play = () => {
    if (!playing && at >= last) onDay(span.first);
    setPlaying(!playing);
  };
  return (
    <div class="days-slider">
      <div class="days-buttons">
        <Step label={t("map.earlier")} sign="◂" off={at <= 0} onClick={() => onDay(dayAfter(day, -1))} />
        <button type="button" class="play" aria-pressed={playing} onClick={play}>
          {t(playing ? "map.pause" : "map.play")}
        </button>
        <Step label={t("map.later")} sign="▸" off={at >= last} onClick={() => onDay(dayAfter(day, 1))} />
      </div>
      <div class="days-track">
        <Histogram told={span.told} at={at} />
        <input
          type="range"
          min={0}
          max={last}
          value={at}
          aria-label={t("map.day")}
          aria-valuetext={`${fullDay(day)}. ${said}`}
          onInput={(event) => onDay(dayAfter(span.first, event.currentTarget.valueAsNumber))}
          onKeyDown={(event) => {
            if (event.ctrlKey || event.altKey || event.metaKey) return;
            const to = moved(
              span,
              day,
              event.key,
              LANGUAGES[language.value].dir === "rtl" ? "ArrowLeft" : "ArrowRight",
            );
            if (to === null) return;
            event.preventDefault();
            onDay(to);
          }}
        />
        <p class="days-ends" aria-hidden="true">
          <span>{fullDay(span.first)}</span>
          <span>{fullDay(span.last)}</span>
        </p>
      </div>
    </div>
  );
}

function Step({
  label,
  sign,
  off,
  onClick,
}: {
  readonly label: string;
  readonly sign: string;
  readonly off: boolean;
  readonly onClick: () => void;
}) {
  return (
    <button type="button" class="step" aria-label={label} title={label} disabled={off} onClick={onClick}>
      <span aria-hidden="true">{sign}</span>
    </button>
  );
}

function Histogram({ told, at }: { readonly told: readonly number[]; readonly at: number }) {
  const most = Math.max(1, ...told);
  return (
    <svg class="days-told" viewBox={`0 0 ${told.length} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      {told.map((count, day) => {
        const height = (count / most) * (HEIGHT - 2);
        return count === 0 ? null : (
          <rect
            key={day}
            class={day <= at ? "past" : ""}
            x={day + 0.12}
            width={0.76}
            y={HEIGHT - height}
            height={height}
          />
        );
      })}
    </svg>
  );
}
