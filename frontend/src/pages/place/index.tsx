import { Nothing } from "../../components/states";
import { t } from "../../i18n";

export default function PlacePage() {
  return (
    <>
      <h1>{t("title.place")}</h1>
      <Nothing>{t("soon")}</Nothing>
    </>
  );
}
