import { Nothing } from "../../components/states";
import { t } from "../../i18n";

export default function ActorPage() {
  return (
    <>
      <h1>{t("title.actor")}</h1>
      <Nothing>{t("soon")}</Nothing>
    </>
  );
}
