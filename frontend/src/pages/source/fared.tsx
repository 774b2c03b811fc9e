import { Nothing } from "../../components/states";
import { Term, Unknown, Voice } from "../../components/text";
import { numeral, t } from "../../i18n";
import type { SourceRow } from "../../types";
import "./source.css";

/** How voices' words fared: counts by topic, and the share that held with its range. Never a score. */
export function Fared({ rows, by }: { readonly rows: readonly SourceRow[]; readonly by: "voice" | "topic" }) {
  if (rows.length === 0) return <Nothing>{t("source.none")}</Nothing>;
  return (
    <div class="scroll">
      <table class="fared">
        <thead>
          <tr>
            {by === "voice" && <th scope="col">{t("column.voice")}</th>}
            <th scope="col">{t("column.topic")}</th>
            <th scope="col" class="number">
              {t("column.claims")}
            </th>
            <th scope="col" class="number">
              {t("column.held")}
            </th>
            <th scope="col" class="number">
              {t("column.failed")}
            </th>
            <th scope="col" class="number">
              {t("column.open")}
            </th>
            <th scope="col">{t("column.share")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={`${row.voice} ${row.topic}`}>
              {by === "voice" && rows[at - 1]?.voice !== row.voice && (
                <th scope="rowgroup" rowSpan={rows.filter((other) => other.voice === row.voice).length}>
                  <Voice name={row.voice} side={row.side} />
                </th>
              )}
              <td>
                <Term kind="topic" word={row.topic} />
              </td>
              <td class="number">{numeral(row.claims)}</td>
              <td class="number">{numeral(row.held)}</td>
              <td class="number">{numeral(row.failed)}</td>
              <td class="number">{numeral(row.open)}</td>
              <td>
                <Share row={row} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Share({ row }: { readonly row: SourceRow }) {
  const { share, share_low: low, share_high: high } = row;
  if (share === null || low === null || high === null) return <Unknown k="source.too-few" />;
  const percent = (part: number) => Math.round(part * 100);
  return (
    <span class="share">
      <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
        <line class="axis" x1="0" x2="100" y1="5" y2="5" />
        <line class="range" x1={percent(low)} x2={percent(high)} y1="5" y2="5" />
        <line class="point" x1={percent(share)} x2={percent(share)} y1="0" y2="10" />
      </svg>
      <span>{t("source.share", { share: percent(share), low: percent(low), high: percent(high) })}</span>
    </span>
  );
}
