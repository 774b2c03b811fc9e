import { Choice } from "../../components/filters";
import { Answer } from "../../components/states";
import { t, vocabulary } from "../../i18n";
import { address } from "../../route";
import { useAnswer } from "../../state";
import type { List, SourceRow } from "../../types";
import { Fared } from "./fared";

/** Everybody who says something, and how each one's word fared where it was later settled. */
export default function Sources() {
  const { as_of = "", rules = "", topic = "" } = address.value.query;
  const loaded = useAnswer<List<SourceRow>>("sources", { as_of, rules, topic, limit: "500" });
  return (
    <>
      <h1>{t("nav.sources")}</h1>
      <p class="note">{t("source.fared-note")}</p>
      <div class="filters">
        <Choice
          name="topic"
          label={t("column.topic")}
          all={t("sources.all-topics")}
          kind="topic"
          words={vocabulary("topic")}
        />
      </div>
      <Answer loaded={loaded}>{(found) => <Fared rows={found.items} by="voice" />}</Answer>
    </>
  );
}
