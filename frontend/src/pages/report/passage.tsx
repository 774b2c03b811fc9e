import { useMemo } from "preact/hooks";
import { address, href } from "../../route";
import { type Paragraph, type Piece, paragraphs } from "./marks";
import type { PassageClaim, ReportRow } from "./rows";

/** The text in its own direction; each event leads to its claim, and the chosen claim's spans are marked. */
export function Passage({
  report,
  claims,
  chosen,
}: {
  readonly report: ReportRow;
  readonly claims: readonly PassageClaim[];
  readonly chosen: PassageClaim | null;
}) {
  const found = useMemo(() => paragraphs(report.text, claims, chosen), [report, claims, chosen]);
  return (
    <div class="passage" dir={report.direction} {...(report.language && { lang: report.language })}>
      {found.map((one) => (
        <p key={one.start}>
          <Pieces of={one} report={report} chosen={chosen} />
        </p>
      ))}
    </div>
  );
}

function Pieces({
  of,
  report,
  chosen,
}: {
  readonly of: Paragraph;
  readonly report: ReportRow;
  readonly chosen: PassageClaim | null;
}) {
  return (
    <>
      {of.pieces.map((piece, number) => (
        <OnePiece key={number} piece={piece} report={report} chosen={chosen} />
      ))}
    </>
  );
}

function OnePiece({
  piece,
  report,
  chosen,
}: {
  readonly piece: Piece;
  readonly report: ReportRow;
  readonly chosen: PassageClaim | null;
}) {
  const first = piece.claims[0];
  const here = chosen !== null && piece.claims.includes(chosen.id);
  const words =
    first === undefined ? (
      piece.text
    ) : (
      <a class="event" href={href("report", report.id, address.value.query, `claim=${following(piece, chosen)}`)}>
        {piece.text}
      </a>
    );
  if (piece.kinds.length === 0) return <>{words}</>;
  return (
    <mark class={piece.kinds.join(" ")} {...(here && { "data-chosen": "" })}>
      {words}
    </mark>
  );
}

/** Return which of the claims on these words is next: a second click goes on to the second one. */
function following(piece: Piece, chosen: PassageClaim | null): string {
  const at = chosen ? piece.claims.indexOf(chosen.id) : -1;
  return piece.claims[(at + 1) % piece.claims.length] ?? "";
}
