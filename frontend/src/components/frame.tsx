import type { ComponentChildren } from "preact";
import { dayAfter, dayOf, isDay, isInstant, isZoned, localWords } from "../dates";
import { type Key, LANGUAGES, type Language, language, t } from "../i18n";
import { address, ask, href, hrefWith, type PageName } from "../route";
import { monitor, news, showNews, type Theme, theme, zone } from "../state";
import { Say, When, Words } from "./text";

const NAVIGATION: readonly PageName[] = ["now", "map", "ledger", "search", "sources", "review"];
/** Pages about one thing stand under the page of the navigation that lists such things. */
const UNDER: Partial<Record<PageName | "missing", PageName>> = { timeline: "map", assess: "ledger", source: "sources" };

/** What stands around every page. */
export function Frame({ children }: { readonly children: ComponentChildren }) {
  return (
    <>
      <a class="skip" href="#content">
        {t("skip")}
      </a>
      <header class="masthead">
        <div class="masthead-name">
          <a class="wordmark" href={href("now")}>
            {t("app.name")}
          </a>
          {monitor.value?.theatre && (
            <span class="theatre">
              <Words>{monitor.value.theatre.name}</Words>
            </span>
          )}
        </div>
        <Navigation />
        <div class="controls">
          <AsOf />
          <Choices />
        </div>
      </header>
      <StatusLine />
      <main id="content" tabIndex={-1}>
        {children}
      </main>
    </>
  );
}

function Navigation() {
  const here = UNDER[address.value.page] ?? address.value.page;
  return (
    <nav aria-label={t("nav.label")}>
      <ul>
        {NAVIGATION.map((page) => (
          <li key={page}>
            <a href={href(page)} {...(page === here && { "aria-current": "page" as const })}>
              {t(`nav.${page}` as Key)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** At what moment one reads: what was published later is not there. */
function AsOf() {
  const asked = address.value.query.as_of ?? "";
  const chosen = isDay(asked) || isInstant(asked) ? asked : "";
  const last = monitor.value?.last ?? null;
  const value = chosen ? fieldValue(chosen) : "";
  const day = chosen ? dayOf(fieldValue(chosen).slice(0, 10), zone.value) : last && dayOf(last, theatreZone());
  return (
    <fieldset class="as-of">
      <legend class="away">{t("asof.label")}</legend>
      <label for="as-of">{t("asof.label")}</label>
      <button
        type="button"
        class="step"
        aria-label={t("asof.earlier")}
        title={t("asof.earlier")}
        disabled={!day}
        onClick={() => day && ask({ as_of: dayAfter(day, -1) })}
      >
        <span aria-hidden="true">−</span>
      </button>
      <input
        id="as-of"
        type="datetime-local"
        value={value}
        min={monitor.value?.first ? localWords(monitor.value.first, theatreZone()) : undefined}
        onChange={(event) => ask({ as_of: event.currentTarget.value }, { replace: true })}
      />
      <button
        type="button"
        class="step"
        aria-label={t("asof.later")}
        title={t("asof.later")}
        disabled={!day || !chosen}
        onClick={() => day && ask({ as_of: dayAfter(day, 1) })}
      >
        <span aria-hidden="true">+</span>
      </button>
      {asked && <a href={hrefWith({ as_of: "" })}>{t("asof.latest")}</a>}
    </fieldset>
  );
}

function Choices() {
  const utc = address.value.query.zone === "utc";
  return (
    <ul class="choices">
      <li>
        <a href={hrefWith({ zone: utc ? "" : "utc" })}>{utc ? t("zone.local") : t("zone.utc")}</a>
      </li>
      <li>
        <button type="button" onClick={() => (theme.value = nextTheme(theme.value))}>
          {t(`theme.${theme.value}` as Key)}
        </button>
      </li>
      {(Object.keys(LANGUAGES) as Language[])
        .filter((one) => one !== language.value)
        .map((one) => (
          <li key={one}>
            <a href={hrefWith({ lang: one === "en" ? "" : one })} lang={one} dir={LANGUAGES[one].dir} hrefLang={one}>
              {LANGUAGES[one].name}
            </a>
          </li>
        ))}
    </ul>
  );
}

function StatusLine() {
  const now = monitor.value;
  if (!now) return <section class="status" aria-label={t("status.label")} />;
  const { counts } = now;
  return (
    <section class="status" aria-label={t("status.label")}>
      <p>
        <span>
          <Say k="status.last" when={<When at={now.last} />} />
        </span>
        <span>{t("status.reports", { n: counts.reports })}</span>
        <span>{t("status.claims", { n: counts.claims })}</span>
        <span>{t("status.disputes", { n: counts.disputes_open })}</span>
        <span>
          <Say k="status.zone" zone={<Words>{zone.value}</Words>} />
        </span>
        <span>
          <Say k="status.policy" policy={<Words>{now.policy}</Words>} />
        </span>
        <span class="revision">
          <Say k="status.revision" revision={<Words>{now.revision}</Words>} />
        </span>
      </p>
      <p role="status" class="news">
        {news.value && news.value.reports > counts.reports && (
          <button type="button" onClick={showNews}>
            {t("status.news", { n: news.value.reports - counts.reports })}
          </button>
        )}
        {address.value.query.as_of && (
          <span class="past">
            <Say k="asof.past" when={<When at={address.value.query.as_of} />} zone={<Words>{theatreZone()}</Words>} />
          </span>
        )}
      </p>
    </section>
  );
}

/** Return the chosen moment as a date field of the theatre's zone holds it; a day stands for its end. */
function fieldValue(chosen: string): string {
  if (isDay(chosen)) return `${chosen}T23:59`;
  return isZoned(chosen) ? localWords(chosen, theatreZone()) : chosen.slice(0, 16);
}

function theatreZone(): string {
  return monitor.value?.theatre?.zone ?? "UTC";
}

function nextTheme(now: Theme): Theme {
  return now === "auto" ? "light" : now === "light" ? "dark" : "auto";
}
