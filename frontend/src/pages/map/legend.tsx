import { t } from "../../i18n";
import { sideName } from "../../sides";
import { STALE_DAYS } from "./days";
import { pictureUrl } from "./draw";
import { type Icon, iconName, NONE, OTHER, type Palette, pieName, slots } from "./icons";
import type { By } from "./towns";

/** One line of the legend: a sign and what it means. */
export interface LegendLine {
  readonly icon: string;
  readonly text: string;
  /** Whether the text is a name out of data rather than a text of the interface. */
  readonly name: boolean;
}

const PLAIN: Icon = { main: NONE, rival: NONE, hatched: false, stale: false, changed: false };

/** Return what the signs of a map mean: its sides, then what else is drawn. */
export function legendOf(sides: readonly string[], shown: readonly Icon[], palette: Palette, by: By): LegendLine[] {
  const line = (icon: Partial<Icon>, text: string, name = false) => ({
    icon: iconName({ ...PLAIN, ...icon }, palette.scheme),
    text,
    name,
  });
  const present = sides.flatMap((side, at) =>
    shown.some((icon) => icon.main === at || icon.rival === at) ? [line({ main: at }, sideName(side), true)] : [],
  );
  const first = shown.find((icon) => icon.main >= 0)?.main ?? OTHER;
  return [
    ...present,
    ...(shown.some((icon) => icon.main === OTHER) ? [line({ main: OTHER }, t("map.legend.other"))] : []),
    line({ main: first, hatched: true }, t(by.kind === "agreed" ? "map.legend.hatched" : "map.legend.hatched-by")),
    line({ main: first, stale: true }, t("map.legend.stale", { n: STALE_DAYS })),
    line({ main: first, changed: true }, t("map.legend.changed")),
    line({}, t("map.legend.unknown")),
    {
      icon: pieName([1, 1, ...Array.from({ length: slots(sides.length) - 2 }, () => 0)], palette.scheme),
      text: t("map.legend.cluster"),
      name: false,
    },
  ];
}

/** What the signs of the map mean. */
export function Legend({ lines, palette }: { readonly lines: readonly LegendLine[]; readonly palette: Palette }) {
  return (
    <ul class="legend" aria-label={t("map.legend")}>
      {lines.map(({ icon, text, name }) => (
        <li key={text}>
          <Sign icon={icon} palette={palette} />
          {name ? <bdi>{text}</bdi> : text}
        </li>
      ))}
    </ul>
  );
}

/** A town's sign beside its words. */
export function Sign({ icon, palette }: { readonly icon: string; readonly palette: Palette }) {
  return <img class="sign" src={pictureUrl(icon, palette)} alt="" width={22} height={22} />;
}
