import { Nothing } from "../../components/states";
import { t } from "../../i18n";

export default function Now() {
  return (
    <>
      <h1>{t("nav.now")}</h1>
      <Nothing>{t("soon")}</Nothing>
    </>
  );
}
