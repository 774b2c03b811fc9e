import { Problem, send } from "../../api";
import { t } from "../../i18n";
import { loadMonitor } from "../../state";

/** Return what went wrong in words: the server's where it has some. */
export function worded(reason: unknown): string {
  if (!(reason instanceof Problem)) return t("problem.other");
  return reason.detail || t(reason.unreachable ? "problem.unreachable" : "problem.other");
}

/** Forget who one is. */
export async function signOut(): Promise<void> {
  await send("session", {}, "DELETE");
  await loadMonitor();
}
