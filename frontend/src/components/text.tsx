import type { ComponentChildren } from "preact";
import { daysWords, dayWords, instantWords, isDay, isInstant, isZoned } from "../dates";
import { isKey, type Key, language, locale, numeral, pieces, t } from "../i18n";
import { href } from "../route";
import { sideName } from "../sides";
import { markOf, sideOf, zone } from "../state";

/** Words that somebody else wrote: names, titles, quotations. Their direction is their own and moves nothing else. */
export function Words({ children, lang }: { readonly children: string; readonly lang?: string }) {
  return (
    <bdi dir="auto" {...(lang && { lang })}>
      {children}
    </bdi>
  );
}

/** A text of the interface with elements in it, where `t` gives plain words. */
export function Say({
  k,
  n,
  ...values
}: { readonly k: Key; readonly n?: number } & Readonly<Record<string, ComponentChildren>>) {
  const told = pieces(language.value, k, { n: n ?? 0 });
  return (
    <>
      {told.map((piece) =>
        typeof piece === "string" ? piece : piece.name === "n" ? numeral(n ?? 0) : values[piece.name],
      )}
    </>
  );
}

/** A moment or a day: an instant is told in the theatre's zone, and in UTC when pointed at. */
export function When({ at }: { readonly at: string | null | undefined }) {
  if (!at) return <Unknown />;
  if (isDay(at)) return <time dateTime={at}>{dayWords(at, { locale: locale.value })}</time>;
  if (!isInstant(at)) return <Words>{at}</Words>;
  const utc = isZoned(at) && { title: `${instantWords(at, { locale: locale.value, zone: "UTC" })} UTC` };
  return (
    <time dateTime={at} {...utc}>
      {instantWords(at, { locale: locale.value, zone: zone.value })}
    </time>
  );
}

/** From one day to another. */
export function Days({ from, to }: { readonly from: string | null; readonly to: string | null }) {
  if (!from && !to) return <Unknown />;
  return <span class="days">{daysWords(from, to, { locale: locale.value })}</span>;
}

/** What nobody told. */
export function Unknown({ k = "unknown" }: { readonly k?: Key }) {
  return <span class="unknown">{t(k)}</span>;
}

/** The letter and colour of a side, its name for those who do not see them. */
export function SideMark({ side }: { readonly side: string | null }) {
  const mark = markOf(side);
  if (!side || !mark) return null;
  return (
    <span class={`side ${mark.colour.slice(2)} pattern-${mark.pattern}`} title={sideName(side)}>
      <span aria-hidden="true">{mark.letter}</span>
      <span class="away">{t("side.of", { side: sideName(side) })}</span>
    </span>
  );
}

/** A party, with its side's mark, leading to its page. */
export function Actor({ name }: { readonly name: string | null }) {
  if (!name) return <Unknown />;
  return (
    <span class="name">
      <SideMark side={sideOf(name)} />
      <a href={href("actor", name)}>
        <Words>{name}</Words>
      </a>
    </span>
  );
}

/** Whose word something is, leading to that voice's page. */
export function Voice({ name, side }: { readonly name: string; readonly side?: string | null }) {
  return (
    <span class="name">
      <SideMark side={side === undefined ? sideOf(name) : side} />
      <a href={href("source", name)}>
        <Words>{sideOf(name) === name ? sideName(name) : name}</Words>
      </a>
    </span>
  );
}

/** A place, leading to its page. */
export function PlaceName({ name }: { readonly name: string | null }) {
  if (!name) return <Unknown k="unknown.place" />;
  return (
    <a href={href("place", name)}>
      <Words>{name}</Words>
    </a>
  );
}

/** The id of a claim or a proposition, leading to the words behind it. */
export function Id({ id, hint }: { readonly id: string; readonly hint?: string }) {
  return (
    <a class="id" dir="ltr" href={href("assess", id)} {...(hint && { title: hint })}>
      {id}
    </a>
  );
}

/** A word of the vocabulary: in the reader's language where the interface has it, else as it is. */
export function Term({ kind, word }: { readonly kind: string; readonly word: string }) {
  const key = `${kind}.${word}`;
  return isKey(key) ? <span>{t(key)}</span> : <Words>{word.replaceAll("_", " ")}</Words>;
}

/** A grade, in a shape of its own as well as a colour; rule sets may have grades of their own. */
export function Grade({ grade }: { readonly grade: string }) {
  return (
    <span class={`grade grade-${grade}`}>
      <Term kind="grade" word={grade} />
    </span>
  );
}
