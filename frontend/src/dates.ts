/** A day without an hour, as "2024-12-08". */
const DAY = /^\d{4}-\d{2}-\d{2}$/;

interface Style {
  readonly locale: string;
  readonly zone: string;
}

/** An instant that says from which zone it is told. */
const ZONED = /(?:Z|[+-]\d{2}:?\d{2})$/;

/** Return an instant in words: "9 Dec 2024, 17:00". One without an offset is what clocks show, and told as it is. */
export function instantWords(iso: string, { locale, zone }: Style): string {
  const zoned = isZoned(iso);
  return new Intl.DateTimeFormat(locale, {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone: zoned ? zone : "UTC",
  }).format(new Date(zoned ? iso : `${iso}Z`));
}

/** Return a day in words: "8 Dec 2024", or with its weekday "Sunday 8 December". */
export function dayWords(day: string, { locale }: Pick<Style, "locale">, weekday = false): string {
  const at = new Date(`${day}T12:00:00Z`);
  const style: Intl.DateTimeFormatOptions = weekday
    ? { weekday: "long", day: "numeric", month: "long" }
    : { day: "numeric", month: "short", year: "numeric" };
  return new Intl.DateTimeFormat(locale, { ...style, timeZone: "UTC" }).format(at);
}

/** Return the day that an instant, or a day itself, is of in a zone: "2024-12-08". */
export function dayOf(iso: string, zone: string): string {
  if (DAY.test(iso)) return iso;
  return localWords(iso, zone).slice(0, 10);
}

/** Return an instant as clocks of a zone show it, for a date field: "2024-12-08T17:00". */
export function localWords(iso: string, zone: string): string {
  const parts = new Intl.DateTimeFormat("en-GB", {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone: zone,
  }).formatToParts(new Date(iso));
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? "";
  return `${of("year")}-${of("month")}-${of("day")}T${of("hour")}:${of("minute")}`;
}

/** Return the days from one day to another, both told: "8 to 9 Dec 2024". */
export function daysWords(from: string | null, to: string | null, { locale }: Pick<Style, "locale">): string {
  const start = from ?? to;
  if (!start) return "";
  const [first, last] = [new Date(`${start}T12:00:00Z`), new Date(`${to ?? start}T12:00:00Z`)];
  const form = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
  return form.formatRange(first, last);
}

/** Return another day, some days later or (below 0) earlier. */
export function dayAfter(day: string, days: number): string {
  const at = new Date(`${day}T12:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

/** Return whether something is a day rather than an instant. */
export function isDay(iso: string): boolean {
  return DAY.test(iso) && !Number.isNaN(Date.parse(iso));
}

/** Return whether something is an instant that can be told in words, with or without an offset. */
export function isInstant(iso: string): boolean {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(iso) && !Number.isNaN(Date.parse(iso));
}

/** Return whether an instant says from which zone it is told. */
export function isZoned(iso: string): boolean {
  return ZONED.test(iso);
}
