import type { ComponentChildren } from "preact";
import { t } from "../i18n";
import { Words } from "./text";

/** A part of a page, with its heading. */
export function Part({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <section class="part">
      <h2>{title}</h2>
      {children}
    </section>
  );
}

/** Other names of something; many are folded. */
export function OtherNames({ names }: { readonly names: readonly string[] }) {
  if (names.length === 0) return null;
  const list = names.map((name, at) => (
    <span key={name}>
      {at > 0 && t("list.comma")}
      <Words>{name}</Words>
    </span>
  ));
  if (names.length <= 6) return <p>{list}</p>;
  return (
    <details>
      <summary>{t("names.count", { n: names.length })}</summary>
      <p>{list}</p>
    </details>
  );
}
