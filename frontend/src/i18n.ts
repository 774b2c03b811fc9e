import { computed } from "@preact/signals";
import { address } from "./route";
import ar from "./strings/ar.json";
import en from "./strings/en.json";

export type Language = "en" | "ar";
export type Key = keyof typeof en;
/** A text, or its forms by plural category as Intl.PluralRules names them, chosen by the value `n`. */
export type Entry = string | Readonly<Record<string, string>>;
export type Values = Readonly<Record<string, string | number>>;

export const STRINGS: Readonly<Record<Language, Readonly<Record<Key, Entry>>>> = { en, ar };
export const LANGUAGES: Readonly<Record<Language, { name: string; locale: string; dir: "ltr" | "rtl" }>> = {
  en: { name: "English", locale: "en-GB", dir: "ltr" },
  // Latin digits, so that figures line up with those in ids and quoted words.
  ar: { name: "العربية", locale: "ar-u-nu-latn", dir: "rtl" },
};

/** The language of the interface; the texts of reports stay as they are. */
export const language = computed<Language>(() => (address.value.query.lang === "ar" ? "ar" : "en"));
export const locale = computed(() => LANGUAGES[language.value].locale);

/** Return whether the interface has a text by this name: for words that come from data files, which may have others. */
export function isKey(name: string): name is Key {
  return name in en;
}

/** Return the words of one kind of vocabulary that the interface knows: those of keys such as "event.capture". */
export function vocabulary(kind: string): string[] {
  return Object.keys(en).flatMap((key) => (key.startsWith(`${kind}.`) ? [key.slice(kind.length + 1)] : []));
}

const plurals = { en: new Intl.PluralRules("en-GB"), ar: new Intl.PluralRules("ar") };

/** Return a text of the interface with values in it; each name is set apart, so that its direction moves nothing. */
export function t(key: Key, values: Values = {}): string {
  return pieces(language.value, key, values)
    .map((piece) => (typeof piece === "string" ? piece : isolated(values[piece.name])))
    .join("");
}

/** Return a text in pieces: its words, and the names of the values that stand between them. */
export function pieces(lang: Language, key: Key, values: Values = {}): (string | { name: string })[] {
  const entry = STRINGS[lang][key];
  const text = typeof entry === "string" ? entry : form(entry, lang, Number(values.n ?? 0));
  return text
    .split(/(\{\w+\})/)
    .filter((piece) => piece !== "")
    .map((piece) => (/^\{\w+\}$/.test(piece) ? { name: piece.slice(1, -1) } : piece));
}

function form(entry: Readonly<Record<string, string>>, lang: Language, n: number): string {
  return entry[plurals[lang].select(n)] ?? entry.other ?? "";
}

function isolated(value: string | number | undefined): string {
  return typeof value === "number" ? numeral(value) : `\u2068${value ?? ""}\u2069`;
}

/** Return a number as the interface writes it. */
export function numeral(value: number): string {
  return new Intl.NumberFormat(locale.value).format(value);
}

/** Return several names as a list in words. */
export function listed(names: readonly string[]): string {
  return new Intl.ListFormat(locale.value, { type: "conjunction" }).format(names.map((name) => `\u2068${name}\u2069`));
}
