import type { PageProps } from "../../app";
import { OtherNames, Part } from "../../components/parts";
import { Claims, Disputes } from "../../components/rows";
import { Answer } from "../../components/states";
import { Say, SideMark, Term, Words } from "../../components/text";
import { t } from "../../i18n";
import { address, href } from "../../route";
import { sideName } from "../../sides";
import { useAnswer } from "../../state";
import type { VoiceAnswer } from "../../types";
import { Fared } from "./fared";

/** A voice: how its word fared where it was later settled, by which names it speaks, and what it says. */
export default function SourcePage({ item }: PageProps) {
  const { as_of = "", rules = "" } = address.value.query;
  const loaded = useAnswer<VoiceAnswer>(`voices/${encodeURIComponent(item)}`, { as_of, rules });
  return (
    <>
      <h1>
        <Words>{sideName(item)}</Words>
      </h1>
      <Answer loaded={loaded}>{(found) => <Found found={found} />}</Answer>
    </>
  );
}

function Found({ found }: { readonly found: VoiceAnswer }) {
  const names = found.sources.filter((name) => name !== found.name);
  return (
    <>
      <p class="lead">
        <SideMark side={found.side} />
        {found.side ? <Words>{sideName(found.side)}</Words> : t("side.none")}
        {found.actor && (
          <>
            {" · "}
            <Term kind="kind" word={found.actor.kind} />
            {" · "}
            <a href={href("actor", found.actor.name)}>{t("source.as-actor")}</a>
          </>
        )}
      </p>
      {names.length > 0 && (
        <Part title={t("source.names")}>
          <OtherNames names={names} />
        </Part>
      )}
      <Part title={t("source.fared")}>
        <p class="note">
          <Say k="source.fared-note" />
        </p>
        <Fared rows={found.record} by="topic" />
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
