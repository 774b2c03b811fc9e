import { isKey, t } from "../i18n";
import { address, ask } from "../route";
import { sideName } from "../sides";

/** A choice among words of the vocabulary, kept in the query of the address under its name. */
export function Choice({
  name,
  label,
  all,
  kind,
  words,
}: {
  readonly name: string;
  readonly label: string;
  readonly all: string;
  readonly kind: string;
  readonly words: readonly string[];
}) {
  return (
    <label>
      {label}
      <select
        name={name}
        value={address.value.query[name] ?? ""}
        onChange={(event) => ask({ [name]: event.currentTarget.value, after: "" })}
      >
        <option value="">{all}</option>
        {words.map((word) => (
          <option key={word} value={word}>
            {termOf(kind, word)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** By whose account one reads: a side, a source, or all of them. */
export function AccordingTo({ accounts }: { readonly accounts: readonly string[] }) {
  const asked = address.value.query.according_to ?? "";
  return (
    <label>
      {t("according.label")}
      <select
        name="according_to"
        value={accounts.includes(asked) ? asked : ""}
        onChange={(event) => ask({ according_to: event.currentTarget.value })}
      >
        <option value="">{t("according.all")}</option>
        {accounts.map((account) => (
          <option key={account} value={account} dir="auto">
            {sideName(account)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Words or a date that narrow a list, kept in the query under their name once they are entered. */
export function Field({
  name,
  label,
  date = false,
}: {
  readonly name: string;
  readonly label: string;
  readonly date?: boolean;
}) {
  const value = address.value.query[name] ?? "";
  const id = `filter-${name}`;
  const enter = (told: string) => ask({ [name]: told.trim(), after: "" });
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {date ? (
        <input id={id} name={name} type="date" value={value} onChange={(event) => enter(event.currentTarget.value)} />
      ) : (
        <input
          id={id}
          name={name}
          type="text"
          dir="auto"
          value={value}
          onChange={(event) => enter(event.currentTarget.value)}
        />
      )}
    </div>
  );
}

/** Return a word of the vocabulary as plain text, where `Term` cannot stand. */
export function termOf(kind: string, word: string): string {
  const key = `${kind}.${word}`;
  return isKey(key) ? t(key) : word.replaceAll("_", " ");
}
