import { Nothing } from "../../components/states";
import { t } from "../../i18n";

export default function MapPage() {
  return (
    <>
      <h1>{t("nav.map")}</h1>
      <Nothing>{t("soon")}</Nothing>
    </>
  );
}
