import type { PageProps } from "../../app";
import { Control } from "../../components/control";
import { OtherNames, Part } from "../../components/parts";
import { Claims, Disputes } from "../../components/rows";
import { Answer } from "../../components/states";
import { SideMark, Term, Words } from "../../components/text";
import { t } from "../../i18n";
import { address, href } from "../../route";
import { sideName } from "../../sides";
import { useAnswer } from "../../state";
import type { ActorAnswer } from "../../types";

/** An actor: where it stands by each account, what is disputed of it, and what it does and suffers in claims. */
export default function ActorPage({ item }: PageProps) {
  const { as_of = "", rules = "" } = address.value.query;
  const loaded = useAnswer<ActorAnswer>(`actors/${encodeURIComponent(item)}`, { as_of, rules });
  return (
    <>
      <h1>
        <Words>{item}</Words>
      </h1>
      <Answer loaded={loaded}>{(found) => <Found found={found} />}</Answer>
    </>
  );
}

function Found({ found }: { readonly found: ActorAnswer }) {
  const running = found.control.filter((row) => !row.to).sort((a, b) => a.place.localeCompare(b.place));
  return (
    <>
      <p class="lead">
        {found.actor ? (
          <>
            <SideMark side={found.actor.side} />
            {found.actor.side ? <Words>{sideName(found.actor.side)}</Words> : t("side.none")}
            {" · "}
            <Term kind="kind" word={found.actor.kind} />
            {" · "}
            <a href={href("source", found.name)}>{t("actor.as-source")}</a>
          </>
        ) : (
          t("actor.not-in-theatre")
        )}
      </p>
      {found.actor && found.actor.aliases.length > 0 && (
        <Part title={t("actor.aliases")}>
          <OtherNames names={found.actor.aliases} />
        </Part>
      )}
      <Part title={t("actor.control")}>
        <Control rows={running} of="holder" />
      </Part>
      <Part title={t("disputes.title")}>
        <Disputes rows={found.disputes} />
      </Part>
      <Part title={t("claims.latest", { n: found.claims_in_all })}>
        <Claims rows={found.claims} />
      </Part>
    </>
  );
}
