import { useState } from "preact/hooks";
import { Problem, send } from "../../api";
import { t } from "../../i18n";
import { loadMonitor } from "../../state";

/** Asks who one is: by a token, which the server turns into a cookie that no script can read. */
export function SignIn() {
  const [problem, setProblem] = useState<string | null>(null);
  const enter = async (event: SubmitEvent) => {
    event.preventDefault();
    const token = String(new FormData(event.currentTarget as HTMLFormElement).get("token") ?? "").trim();
    try {
      await send("session", { body: { token } });
      setProblem(null);
      await loadMonitor();
    } catch (reason) {
      setProblem(reason instanceof Problem && reason.status === 401 ? t("review.wrong_token") : worded(reason));
    }
  };
  return (
    <form class="sign-in" onSubmit={(event) => void enter(event)}>
      <p>{t("review.needs_token")}</p>
      <label>
        {t("review.token")}
        <input type="password" name="token" required autocomplete="current-password" dir="ltr" />
      </label>
      <button type="submit">{t("review.sign_in")}</button>
      {problem && <p role="alert">{problem}</p>}
    </form>
  );
}

/** Return what went wrong in words: the server's where it has some. */
export function worded(reason: unknown): string {
  if (!(reason instanceof Problem)) return t("problem.other");
  return reason.detail || t(reason.unreachable ? "problem.unreachable" : "problem.other");
}

/** Forget who one is. */
export async function signOut(): Promise<void> {
  await send("session", { method: "DELETE" });
  await loadMonitor();
}
