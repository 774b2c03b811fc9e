import { Actor, Days, Grade, Id, Say, Term, Unknown, Voice, When, Words } from "../../components/text";
import { t } from "../../i18n";
import { href } from "../../route";
import type { DossierRow, EvidenceRow, OriginRow, VoiceRow } from "./rows";
import { type Spoken, spoken, type Told } from "./statements";
import { Timeline } from "./timeline";

/** Sentences of one voice that are shown; the others are folded. */
const SHOWN = 3;

/** How a proposition stands: its grade and what that means, Admiralty's marks beside it, and what settled it. */
export function Verdict({ of }: { readonly of: DossierRow }) {
  return (
    <p class="verdict">
      <Grade grade={of.grade} />
      <span>
        <Words>{of.means}</Words>
      </span>
      {of.settled_as && (
        <span>
          <Say
            k="ledger.settled"
            as={<Term kind="polarity" word={of.settled_as} />}
            when={<When at={of.settled_on} />}
          />
        </span>
      )}
      {of.by_hand && (
        <span>
          <Say
            k="ledger.by_hand"
            user={<Words>{of.by_hand.user}</Words>}
            rules={<Term kind="grade" word={of.grade_by_rules} />}
          />
        </span>
      )}
      <span class="admiralty" title={t("ledger.admiralty_hint")}>
        <Say k="ledger.admiralty" letter={<b>{of.admiralty_source}</b>} digit={<b>{of.admiralty_item}</b>} />
      </span>
    </p>
  );
}

/** Both sides in two columns, each voice once. */
export function Sides({ of }: { readonly of: DossierRow }) {
  return (
    <div class="camps">
      <Camp of={of} voices={of.voices_for} side="for" />
      <Camp of={of} voices={of.voices_against} side="against" />
    </div>
  );
}

function Camp({
  of,
  voices,
  side,
}: {
  readonly of: DossierRow;
  readonly voices: readonly VoiceRow[];
  readonly side: "for" | "against";
}) {
  return (
    <section class={`camp camp-${side}`}>
      <h3>
        <span aria-hidden="true">{side === "for" ? "+" : "−"}</span>{" "}
        {t(side === "for" ? "ledger.for" : "ledger.against", { n: voices.length })}
      </h3>
      {voices.length === 0 && <p class="nothing">{t("ledger.nobody")}</p>}
      <ul>
        {spoken(voices, of).map((one) => (
          <li key={one.voice.name}>
            <OneVoice spoken={one} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function OneVoice({ spoken: { voice, words } }: { readonly spoken: Spoken }) {
  return (
    <div class="voice">
      <p class="voice-head">
        <Voice name={voice.name} side={voice.side} />
        {voice.interest !== "neutral" && (
          <span class={`interest interest-${voice.interest === "self-serving" ? "serving" : "against"}`}>
            <Term kind="interest" word={voice.interest} />
          </span>
        )}
        <span class="reach">{t("ledger.reach", { n: voice.reports })}</span>
      </p>
      <Quotations words={words.slice(0, SHOWN)} />
      {words.length > SHOWN && (
        <details class="further">
          <summary>{t("ledger.further", { n: words.length - SHOWN })}</summary>
          <Quotations words={words.slice(SHOWN)} />
        </details>
      )}
    </div>
  );
}

function Quotations({ words }: { readonly words: readonly Told[] }) {
  return (
    <>
      {words.map(({ evidence, origin }) => (
        <Quotation key={evidence.id} evidence={evidence} origin={origin} />
      ))}
    </>
  );
}

/** One sentence as it was said, who said it where and when, and why it counts; one step from the report. */
function Quotation({ evidence, origin }: { readonly evidence: EvidenceRow; readonly origin: OriginRow | null }) {
  const source = evidence.source === "narrator" ? (origin?.publisher ?? null) : evidence.source;
  const passage = href("report", evidence.report, {}, `claim=${evidence.id}`);
  return (
    <figure class="said">
      <blockquote class="quote" dir="auto">
        <a class="passage-link" href={passage}>
          {evidence.words}
        </a>
      </blockquote>
      <figcaption>
        {source ? <Actor name={source} /> : <Unknown />}
        {evidence.speaker && evidence.speaker !== source && (
          <span>
            <Words>{evidence.speaker}</Words>
          </span>
        )}
        {origin?.publisher && origin.publisher !== source && (
          <span>
            <Say k="ledger.in" publisher={<Words>{origin.publisher}</Words>} />
          </span>
        )}
        <When at={evidence.said} />
        {evidence.certainty !== "certain" && <Term kind="certainty" word={evidence.certainty} />}
        <a class="id" dir="ltr" href={passage}>
          {evidence.report}
        </a>
      </figcaption>
      {evidence.reasons.length > 0 && (
        <ul class="reasons">
          {evidence.reasons.map((reason) => (
            <li key={reason}>
              <Words>{reason}</Words>
            </li>
          ))}
        </ul>
      )}
      {origin && origin.copies.length > 0 && <Copies of={origin} />}
    </figure>
  );
}

/** Who republished it, and how that is known: reach, and no further voice. */
function Copies({ of }: { readonly of: OriginRow }) {
  return (
    <details class="copies">
      <summary>{t("ledger.copies", { n: of.copies.length })}</summary>
      <ul>
        {of.copies.map((copy) => (
          <li key={copy.report}>
            {copy.publisher ? <Words>{copy.publisher}</Words> : <Unknown />}{" "}
            <a class="id" dir="ltr" href={href("report", copy.report)}>
              {copy.report}
            </a>{" "}
            <Words>{copy.reasons.join("; ")}</Words>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** How the verdict was come by, in sentences, and by which rules. */
export function Working({ of, open = false }: { readonly of: DossierRow; readonly open?: boolean }) {
  return (
    <details class="working" open={open}>
      <summary>{t("ledger.working")}</summary>
      <ol>
        {of.working.map((sentence) => (
          <li key={sentence} lang="en" dir="auto">
            {sentence}
          </li>
        ))}
      </ol>
      <p class="rules">
        <Say k="ledger.rules" rules={<Words>{`${of.rule_set} ${of.rule_version}`}</Words>} />
      </p>
    </details>
  );
}

/** All of one proposition: verdict, both sides, timeline, working, and what cannot be so with it. */
export function Dossier({ of }: { readonly of: DossierRow }) {
  return (
    <>
      <Verdict of={of} />
      <Sides of={of} />
      <Timeline of={of} />
      <Working of={of} open />
      {of.excluded_by.length > 0 && <Excluded of={of} />}
    </>
  );
}

function Excluded({ of }: { readonly of: DossierRow }) {
  const once = new Map(of.excluded_by.map((one) => [one.proposition, one]));
  return (
    <section class="excluded">
      <h2>{t("ledger.excluded")}</h2>
      <ul>
        {[...once.values()].map((one) => (
          <li key={one.proposition}>
            <a href={href("assess", one.proposition)}>
              <Words>{one.headline}</Words>
            </a>{" "}
            <Grade grade={one.grade} />
            <ul class="reasons">
              {of.excluded_by
                .filter((other) => other.proposition === one.proposition)
                .flatMap((other) => other.reasons)
                .map((reason) => (
                  <li key={reason}>
                    <Words>{reason}</Words>
                  </li>
                ))}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What it is about, when that was, and its id. */
export function About({ of }: { readonly of: DossierRow }) {
  return (
    <p class="about">
      <Days from={of.from} to={of.to} />
      {of.place && (
        <a href={href("place", of.place.canonical ?? of.place.name)}>
          <Words>{of.place.canonical ?? of.place.name}</Words>
        </a>
      )}
      <Id id={of.proposition} />
    </p>
  );
}
