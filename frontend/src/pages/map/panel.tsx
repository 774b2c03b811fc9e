import { Answer, Nothing } from "../../components/states";
import { Actor, Days, Grade, Id, Say, Term, Unknown, Voice, When, Words } from "../../components/text";
import { dayOf } from "../../dates";
import { t } from "../../i18n";
import { address, href, hrefWith } from "../../route";
import { useAnswer, zone } from "../../state";
import type { ClaimRow, DisputeRow, List } from "../../types";
import { silentDays } from "./days";
import { useEvery } from "./load";
import { type Account, covers, type Spell } from "./towns";
import { fullDay, isStale, NoWordSince, type Shown, StandingSaid, shortDay } from "./words";

/** The newest sentences of a standing that are shown at once. */
const NEWEST = 2;

/** One town: who stands there by each account on the day, the sentences behind it, and what is disputed. */
export function TownPanel({ one, day }: { readonly one: Shown; readonly day: string }) {
  const { as_of = "", rules = "" } = address.value.query;
  const { town } = one;
  const claims = useEvery<ClaimRow>("claims", { place: town.place, as_of });
  const disputes = useAnswer<List<DisputeRow>>("disputes", { place: town.place, as_of, rules });
  const byId = new Map(claims.data?.items.map((claim) => [claim.id, claim]));
  return (
    <section class="town-panel" aria-labelledby="town-panel">
      <header>
        <h2 id="town-panel" tabIndex={-1}>
          <Words>{town.place}</Words>
        </h2>
        <a class="close" href={hrefWith({ place: "" })}>
          {t("map.close")}
        </a>
      </header>
      <p class="standing">
        <StandingSaid standing={one.standing} />
        <NoWordSince standing={one.standing} silent={one.silent} />
      </p>
      <p class="away-links">
        <a href={href("place", town.place)}>{t("map.all-of-place")}</a>
        <a href={href("timeline", null, { place: one.key })}>{t("timeline.title")}</a>
      </p>
      <h3>
        <Say k="map.by-account" day={fullDay(day)} />
      </h3>
      <ul class="accounts">
        {town.accounts.map((account) => (
          <AccountSaid key={account.according_to} account={account} day={day} claims={byId} />
        ))}
      </ul>
      <h3>{t("disputes.title")}</h3>
      <Answer loaded={disputes}>{({ items }) => <DisputeList rows={items} />}</Answer>
    </section>
  );
}

type Claims = ReadonlyMap<string, ClaimRow>;

function AccountSaid({
  account,
  day,
  claims,
}: {
  readonly account: Account;
  readonly day: string;
  readonly claims: Claims;
}) {
  const spells = account.spells.filter((spell) => covers(spell, day));
  const latest = spells.filter((spell, at) => !spells.slice(at + 1).some((later) => later.holder === spell.holder));
  return (
    <li>
      <p class="account">
        <Voice name={account.according_to} side={account.side} />
      </p>
      {latest.length === 0 && <Unknown k="map.no-word-yet" />}
      {latest.map((spell) => (
        <SpellSaid key={`${spell.holder} ${spell.status} ${spell.from}`} spell={spell} day={day} claims={claims} />
      ))}
    </li>
  );
}

function SpellSaid({ spell, day, claims }: { readonly spell: Spell; readonly day: string; readonly claims: Claims }) {
  const silent = silentDays(spell.last_heard && dayOf(spell.last_heard, zone.value), day);
  const newest = spell.claims.slice(-NEWEST);
  return (
    <div class="spell">
      <p>
        <Actor name={spell.holder} /> <Term kind="stands" word={spell.status} />
        {spell.from && (
          <>
            {t("list.comma")}
            <Say k="map.since" day={<When at={spell.from} />} />
          </>
        )}{" "}
        {isStale(silent) && spell.last_heard && (
          <span class="silent">
            <Say k="map.silent" day={shortDay(spell.last_heard)} n={silent ?? 0} />
          </span>
        )}
      </p>
      <ul class="sentences">
        {newest.map((id) => (
          <Sentence key={id} id={id} claim={claims.get(id)} />
        ))}
        {spell.claims.length > newest.length && (
          <li class="more">{t("map.more-claims", { n: spell.claims.length - newest.length })}</li>
        )}
      </ul>
    </div>
  );
}

/** The words that a standing rests on, one click from where they stand. */
function Sentence({ id, claim }: { readonly id: string; readonly claim: ClaimRow | undefined }) {
  if (!claim)
    return (
      <li>
        <Id id={id} />
      </li>
    );
  return (
    <li>
      <a href={href("report", claim.report, {}, `claim=${id}`)}>
        <Say k="map.quote" words={<Words>{claim.anchor}</Words>} />
      </a>{" "}
      <span class="by">
        <Words>{claim.speaker ?? claim.source}</Words>
        {t("list.comma")}
        <Words>{claim.report}</Words>
      </span>
    </li>
  );
}

function DisputeList({ rows }: { readonly rows: readonly DisputeRow[] }) {
  if (rows.length === 0) return <Nothing>{t("disputes.none")}</Nothing>;
  return (
    <ul class="disputes">
      {rows.map((row) => (
        <li key={row.proposition}>
          <a href={href("assess", row.proposition)}>
            <Term kind="event" word={row.event} />
            {row.agent && (
              <>
                {" · "}
                <Words>{row.agent}</Words>
              </>
            )}
          </a>{" "}
          <Days from={row.from} to={row.to} /> <Grade grade={row.grade} />{" "}
          <a class="by" href={href("timeline", null, { dispute: row.proposition })}>
            {t("timeline.statements")}
          </a>
        </li>
      ))}
    </ul>
  );
}
