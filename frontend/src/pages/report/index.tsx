import { Nothing } from "../../components/states";
import { t } from "../../i18n";

export default function Passage() {
  return (
    <>
      <h1>{t("title.report")}</h1>
      <Nothing>{t("soon")}</Nothing>
    </>
  );
}
