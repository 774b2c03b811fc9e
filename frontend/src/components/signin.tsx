import { useState } from "preact/hooks";
import { Problem, send } from "../api";
import { t } from "../i18n";

/** Asks for a token, for which the server gives a session: the pages themselves never keep it. */
export function SignIn() {
  const [wrong, setWrong] = useState<Problem | null>(null);
  return (
    <form
      class="sign-in"
      onSubmit={(event) => {
        event.preventDefault();
        const field = event.currentTarget.elements.namedItem("token");
        if (!(field instanceof HTMLInputElement)) return;
        send("session", { token: field.value }).then(
          () => location.reload(),
          (reason: unknown) => {
            field.value = "";
            field.focus();
            setWrong(reason instanceof Problem ? reason : new Problem(-1, "", String(reason)));
          },
        );
      }}
    >
      <label for="token">{t("signin.token")}</label>
      <input id="token" name="token" type="password" autoComplete="current-password" required />
      <button type="submit">{t("signin.enter")}</button>
      {wrong && <p role="alert">{t(wrong.status === 401 ? "signin.wrong" : "problem.other")}</p>}
    </form>
  );
}
