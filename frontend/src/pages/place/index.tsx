import type { PageProps } from "../../app";
import { Control } from "../../components/control";
import { AccordingTo } from "../../components/filters";
import { OtherNames, Part } from "../../components/parts";
import { Claims, Disputes } from "../../components/rows";
import { Answer } from "../../components/states";
import { Actor, Say, Term, Words } from "../../components/text";
import { numeral, t } from "../../i18n";
import { address, href } from "../../route";
import { useAnswer } from "../../state";
import type { NowcastRow, PlaceAnswer } from "../../types";
import "./place.css";

/** All that is said of one place: who holds it by each account, what is disputed there, the latest claims. */
export default function PlacePage({ item }: PageProps) {
  const { as_of = "", rules = "" } = address.value.query;
  const loaded = useAnswer<PlaceAnswer>(`places/${encodeURIComponent(item)}`, { as_of, rules });
  return (
    <>
      <h1>
        <Words>{item}</Words>
      </h1>
      <Answer loaded={loaded}>{(found) => <Found found={found} item={item} />}</Answer>
    </>
  );
}

function Found({ found, item }: { readonly found: PlaceAnswer; readonly item: string }) {
  const accounts = [...new Set(found.control.map((row) => row.according_to))];
  const asked = address.value.query.according_to ?? "";
  const told = accounts.includes(asked) ? found.control.filter((row) => row.according_to === asked) : found.control;
  const running = told.filter((row) => !row.to);
  const ended = told.filter((row) => row.to);
  const names = [found.place.canonical, ...found.spellings].filter((name): name is string => !!name && name !== item);
  return (
    <>
      <p class="lead">
        <Where found={found} />
      </p>
      {names.length > 0 && <OtherNames names={[...new Set(names)]} />}
      <Part title={t("place.now")}>
        <div class="filters">
          <AccordingTo accounts={accounts} />
        </div>
        <Control rows={running} of="place" />
        {ended.length > 0 && (
          <details>
            <summary>{t("place.ended", { n: ended.length })}</summary>
            <Control rows={ended} of="place" />
          </details>
        )}
      </Part>
      <Nowcast rows={found.nowcast} />
      <Part title={t("disputes.title")}>
        <Disputes rows={found.disputes} />
      </Part>
      <Part title={t("claims.latest", { n: found.claims_in_all })}>
        <Claims rows={found.claims} />
      </Part>
    </>
  );
}

function Where({ found }: { readonly found: PlaceAnswer }) {
  const { admin, country, lat, lon, name } = found.place;
  return (
    <>
      {admin && (
        <>
          <Words>{admin}</Words>
          {t("list.comma")}
        </>
      )}
      {country && <Words>{country}</Words>}{" "}
      {lat !== null && lon !== null ? (
        <>
          <span dir="ltr" class="coordinates">
            {lat.toFixed(3)}, {lon.toFixed(3)}
          </span>{" "}
          <a href={href("map", null, { place: name })}>{t("place.on-map")}</a>
        </>
      ) : (
        t("place.nowhere")
      )}
    </>
  );
}

function Nowcast({ rows }: { readonly rows: readonly NowcastRow[] }) {
  if (rows.length === 0) return null;
  return (
    <Part title={t("nowcast.title")}>
      <p class="note">
        <Say k="nowcast.note" />
      </p>
      <table class="nowcast">
        <thead class="away">
          <tr>
            <th scope="col">{t("column.holder")}</th>
            <th scope="col">{t("column.probability")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.holder}>
              <th scope="row">
                <Holder name={row.holder} />
              </th>
              <td>
                <svg class="chance" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
                  <rect width={row.probability * 100} height="10" />
                </svg>
                {numeral(Math.round(row.probability * 100))}%
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Part>
  );
}

function Holder({ name }: { readonly name: string }) {
  return name === "contested" || name === "unknown" ? <Term kind="stands" word={name} /> : <Actor name={name} />;
}
