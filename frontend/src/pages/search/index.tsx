import { Nothing } from "../../components/states";
import { t } from "../../i18n";

export default function Search() {
  return (
    <>
      <h1>{t("nav.search")}</h1>
      <Nothing>{t("soon")}</Nothing>
    </>
  );
}
