import { Id, Words } from "../../components/text";
import { language, t } from "../../i18n";
import type { Line, Said, Section } from "../../types";
import { lineKey } from "./seen";

const SHOWN = 3;
const CAMPS = {
  "+": { kind: "for", mark: "+" },
  "-": { kind: "against", mark: "−" },
  "": { kind: "told", mark: "" },
} as const;

/** The lines of a section, in the language that reports are written in; those beyond the first ones are folded, and what is new since the last visit is marked. */
export function Lines({ section, fresh }: { readonly section: Section; readonly fresh: ReadonlySet<string> }) {
  const show = (line: Line) => <OneLine key={line.text} line={line} fresh={fresh.has(lineKey(section, line))} />;
  return (
    <>
      <ul class="lines" lang="en" dir="ltr">
        {section.lines.map(show)}
      </ul>
      {section.more.length > 0 && (
        <details>
          <summary>{t("now.more", { n: section.more.length })}</summary>
          <ul class="lines" lang="en" dir="ltr">
            {section.more.map(show)}
          </ul>
        </details>
      )}
    </>
  );
}

function OneLine({ line, fresh }: { readonly line: Line; readonly fresh: boolean }) {
  return (
    <li class={fresh ? "line fresh" : "line"}>
      <p>
        {fresh && (
          <span class="new" lang={language.value}>
            {t("now.new")}
          </span>
        )}{" "}
        <Words>{line.text}</Words> <Ids ids={[...line.ids, ...line.claims]} />
      </p>
      {line.said.length > 0 && (
        <ul class="said">
          {line.said.map((one) => (
            <Voice key={one.id + one.mark} one={one} />
          ))}
        </ul>
      )}
    </li>
  );
}

function Voice({ one }: { readonly one: Said }) {
  const { kind, mark } = CAMPS[one.mark as keyof typeof CAMPS] ?? CAMPS[""];
  return (
    <li class={kind}>
      <p>
        {mark && (
          <b>
            <span aria-hidden="true">{mark}</span>
            <span class="away">{t(kind === "for" ? "camp.for" : "camp.against")}</span>
          </b>
        )}{" "}
        <Words>{one.who}</Words> <Id id={one.id} />
      </p>
      {one.words && <blockquote dir="auto">“{one.words}”</blockquote>}
    </li>
  );
}

/** Ids behind a line: the first ones, and the others folded. */
export function Ids({ ids }: { readonly ids: readonly string[] }) {
  const rest = ids.slice(SHOWN);
  return (
    <span class="ids">
      {ids.slice(0, SHOWN).map((id) => (
        <Id key={id} id={id} />
      ))}
      {rest.length > 0 && (
        <details>
          <summary>
            <bdi dir="ltr">+{rest.length}</bdi>
            <span class="away"> {t("now.ids", { n: rest.length })}</span>
          </summary>
          {rest.map((id) => (
            <Id key={id} id={id} />
          ))}
        </details>
      )}
    </span>
  );
}
