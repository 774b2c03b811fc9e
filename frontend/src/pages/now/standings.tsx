import { Unknown, Words } from "../../components/text";
import { t } from "../../i18n";
import { href } from "../../route";
import type { GridRow, Section } from "../../types";
import { Ids } from "./lines";

/** Who stands where by each account: a table, its place named on the first row of each. */
export function Standings({ grid }: { readonly grid: NonNullable<Section["grid"]> }) {
  return (
    <>
      <Table rows={grid.rows} />
      {grid.more.length > 0 && (
        <details>
          <summary>{t("now.more-places", { n: grid.more.filter(({ cells }) => cells[0]).length })}</summary>
          <Table rows={grid.more} />
        </details>
      )}
    </>
  );
}

function Table({ rows }: { readonly rows: readonly GridRow[] }) {
  return (
    <div class="scroll">
      <table class="standings">
        <thead>
          <tr>
            <th scope="col">{t("column.place")}</th>
            <th scope="col">{t("column.account")}</th>
            <th scope="col">{t("column.stands")}</th>
            <th scope="col">{t("column.last-word")}</th>
            <th scope="col">{t("column.claims")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ cells, claims }) => (
            <tr key={claims.join()} class={cells[0] ? "first" : ""}>
              <td>{cells[0] && <PlaceLink name={cells[0]} />}</td>
              <Cell words={cells[1]} />
              <Cell words={cells[2]} />
              <Cell words={cells[3]} />
              <td>
                <Ids ids={claims} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function PlaceLink({ name }: { readonly name: string }) {
  return (
    <a href={href("place", name)}>
      <Words>{name}</Words>
    </a>
  );
}

function Cell({ words }: { readonly words: string | undefined }) {
  return <td>{words ? <Words lang="en">{words}</Words> : <Unknown />}</td>;
}
