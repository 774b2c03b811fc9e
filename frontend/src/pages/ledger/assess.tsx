import type { PageProps } from "../../app";
import { Answer } from "../../components/states";
import { Words } from "../../components/text";
import { t } from "../../i18n";
import { address, href } from "../../route";
import { useAnswer } from "../../state";
import { About, Dossier } from "./dossier";
import type { DossierRow } from "./rows";
import "./ledger.css";

/** One proposition, or those that a claim or a report is of: the verdict and every word behind it. */
export default function Assess({ item }: PageProps) {
  const { as_of = "", rules = "" } = address.value.query;
  const loaded = useAnswer<{ items: readonly DossierRow[] }>(`assess/${encodeURIComponent(item)}`, { as_of, rules });
  return (
    <Answer loaded={loaded}>
      {({ items }) =>
        items.length === 1 ? (
          items.map((of) => (
            <article key={of.proposition} class="dossier">
              <div class="page-head">
                <h1>
                  <Words>{of.headline}</Words>
                </h1>
                <About of={of} />
              </div>
              <Dossier of={of} />
            </article>
          ))
        ) : (
          <Several item={item} items={items} />
        )
      }
    </Answer>
  );
}

function Several({ item, items }: { readonly item: string; readonly items: readonly DossierRow[] }) {
  return (
    <>
      <div class="page-head">
        <h1>{t("assess.several", { id: item, n: items.length })}</h1>
      </div>
      <ul class="disputes">
        {items.map((of) => (
          <li key={of.proposition}>
            <article class="dispute">
              <h2>
                <a href={href("assess", of.proposition)}>
                  <Words>{of.headline}</Words>
                </a>
              </h2>
              <About of={of} />
            </article>
          </li>
        ))}
      </ul>
    </>
  );
}
