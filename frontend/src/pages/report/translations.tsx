import { Say, When, Words } from "../../components/text";
import { t } from "../../i18n";
import type { TranslationRow } from "./rows";

/** Translations below the original, folded, each with what made it; the claims stand on the original alone. */
export function Translations({ of }: { readonly of: readonly TranslationRow[] }) {
  return (
    <>
      {of.map((one) => (
        <details class="translation" key={one.judgement}>
          <summary>
            <Say k="report.translation" by={<Words>{one.made_by}</Words>} />
          </summary>
          <p class="unread">
            {t("report.translation_unread")} <Say k="report.translation_user" user={<Words>{one.user}</Words>} />{" "}
            <When at={one.made} />
          </p>
          <div class="passage" dir={one.direction} translate={false}>
            {one.text.split("\n").map((line, number) => (
              <p key={number}>{line}</p>
            ))}
          </div>
        </details>
      ))}
    </>
  );
}
