import { useMemo } from "preact/hooks";
import { Answer } from "../../components/states";
import { Say, When, Words } from "../../components/text";
import { isKey, type Key, language, t } from "../../i18n";
import { address, hrefWith } from "../../route";
import { monitor, useAnswer } from "../../state";
import type { Section, Situation } from "../../types";
import { Lines } from "./lines";
import "./now.css";
import { lastVisit, lineKeys, unseen } from "./seen";
import { Standings } from "./standings";

const PERIODS = ["24h", "3d", "7d"] as const;
/** The words behind the lines are what each id leads to. */
const LEFT_OUT = new Set(["Words behind the lines"]);
/** What stands beside the news, where there is room. */
const BESIDE = new Set(["Not known", "One voice only", "Routes and crossings, by account"]);

/** The situation report: five lines first, then what is new, disputed and held, and what nobody tells. */
export default function Now() {
  const { since = "", as_of = "", rules = "" } = address.value.query;
  const loaded = useAnswer<Situation>("situation", { since, as_of, rules });
  return (
    <>
      <header class="page-head now-head">
        <h1>{t("now.title")}</h1>
        <Periods chosen={since || PERIODS[0]} />
      </header>
      <Answer loaded={loaded}>{(found) => <Report found={found} current={as_of === "" && since === ""} />}</Answer>
    </>
  );
}

function Periods({ chosen }: { readonly chosen: string }) {
  return (
    <nav class="periods" aria-label={t("now.periods")}>
      <span>{t("now.periods")}</span>
      <ul>
        {PERIODS.map((period) => (
          <li key={period}>
            <a
              href={hrefWith({ since: period === PERIODS[0] ? "" : period })}
              {...(period === chosen && { "aria-current": "true" as const })}
            >
              {t(`now.period.${period}` as Key)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Report({ found, current }: { readonly found: Situation; readonly current: boolean }) {
  const sections = useMemo(() => found.sections.filter((section) => !LEFT_OUT.has(section.title)), [found]);
  const name = monitor.value?.name ?? "";
  const visit = useMemo(
    () => (current ? lastVisit(name, lineKeys(sections), new Date().toISOString()) : null),
    [current, name, sections],
  );
  const fresh = unseen(sections, visit);
  const [short, ...rest] = sections;
  const main = rest.filter((section) => !BESIDE.has(section.title) && !section.grid);
  const beside = rest.filter((section) => BESIDE.has(section.title));
  const grids = rest.filter((section) => section.grid);
  return (
    <article class="situation">
      <p class="now-period">
        <Say k="now.since" from={<When at={found.since} />} to={<When at={found.as_of} />} />{" "}
        {t("now.reports", { n: found.new_reports })}
        {language.value !== "en" && ` ${t("now.language")}`}
      </p>
      {visit && (
        <p class="now-visit">
          <Say k={fresh.size ? "now.fresh" : "now.nothing-fresh"} n={fresh.size} when={<When at={visit.at} />} />
        </p>
      )}
      {short && (
        <section class="in-short" aria-labelledby={slug(short)}>
          <h2 id={slug(short)}>{titleOf(short)}</h2>
          <Lines section={short} fresh={fresh} />
        </section>
      )}
      <Contents sections={rest} />
      <div class="situation-columns">
        <div>
          {main.map((section) => (
            <Part key={section.title} section={section} fresh={fresh} />
          ))}
        </div>
        <div>
          {beside.map((section) => (
            <Part key={section.title} section={section} fresh={fresh} />
          ))}
        </div>
      </div>
      {grids.map((section) => (
        <Part key={section.title} section={section} fresh={fresh} />
      ))}
    </article>
  );
}

function Contents({ sections }: { readonly sections: readonly Section[] }) {
  return (
    <nav class="contents" aria-label={t("now.contents")}>
      <ul>
        {sections.map((section) => {
          const size = section.lines.length + section.more.length;
          return (
            <li key={section.title}>
              <a href={`#${slug(section)}`}>{titleOf(section)}</a> {!section.grid && <span>{size}</span>}
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

function Part({ section, fresh }: { readonly section: Section; readonly fresh: ReadonlySet<string> }) {
  const empty = section.lines.length === 0 && !section.grid;
  return (
    <section class="part" aria-labelledby={slug(section)}>
      <h2 id={slug(section)}>{titleOf(section)}</h2>
      {empty && (
        <p class="nothing">
          <Words>{section.none}</Words>
        </p>
      )}
      {section.grid ? <Standings grid={section.grid} /> : <Lines section={section} fresh={fresh} />}
    </section>
  );
}

function slug(section: Section): string {
  return section.title
    .toLowerCase()
    .replace(/[^a-z]+/g, "-")
    .replace(/-$/, "");
}

function titleOf(section: Section): string {
  const key = `section.${slug(section)}`;
  return isKey(key) ? t(key) : section.title;
}
