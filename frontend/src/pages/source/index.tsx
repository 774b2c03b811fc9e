import { Nothing } from "../../components/states";
import { t } from "../../i18n";

export default function SourcePage() {
  return (
    <>
      <h1>{t("title.source")}</h1>
      <Nothing>{t("soon")}</Nothing>
    </>
  );
}
