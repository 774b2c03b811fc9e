import { Nothing } from "../../components/states";
import { t } from "../../i18n";

export default function Review() {
  return (
    <>
      <h1>{t("nav.review")}</h1>
      <Nothing>{t("soon")}</Nothing>
    </>
  );
}
