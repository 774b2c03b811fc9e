import { Nothing } from "../../components/states";
import { t } from "../../i18n";

export default function Assess() {
  return (
    <>
      <h1>{t("nav.ledger")}</h1>
      <Nothing>{t("soon")}</Nothing>
    </>
  );
}
