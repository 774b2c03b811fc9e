import { Nothing } from "../../components/states";
import { t } from "../../i18n";

export default function Sources() {
  return (
    <>
      <h1>{t("nav.sources")}</h1>
      <Nothing>{t("soon")}</Nothing>
    </>
  );
}
