import { Say, Unknown, When, Words } from "../../components/text";
import { t } from "../../i18n";
import { href } from "../../route";
import type { ReportRow, VersionRow } from "./rows";

/** Where the report came from, who else carries it, how it changed, and what was kept of it. */
export function Provenance({ report }: { readonly report: ReportRow }) {
  return (
    <section class="provenance">
      <h2>{t("report.provenance")}</h2>
      <dl>
        <div>
          <dt>{t("report.address")}</dt>
          <dd>{report.url ? <Outside url={report.url} /> : <Unknown />}</dd>
        </div>
        <div>
          <dt>{t("report.retrieved")}</dt>
          <dd>
            <When at={report.capture?.retrieved ?? report.retrieved} />
          </dd>
        </div>
        <div>
          <dt>{t("report.hash")}</dt>
          <dd class="hash" dir="ltr">
            {report.sha256}
          </dd>
        </div>
        <div>
          <dt>{t("report.capture")}</dt>
          <dd>{report.capture ? <Captured capture={report.capture} /> : <Unknown k="report.no_capture" />}</dd>
        </div>
        {report.note && (
          <div>
            <dt>{t("report.note")}</dt>
            <dd>
              <Words>{report.note}</Words>
            </dd>
          </div>
        )}
      </dl>
      <Copies report={report} />
      {report.versions.length > 1 && <Versions report={report} />}
    </section>
  );
}

/** An address elsewhere: followed only when the reader asks for it, and without saying from where. */
function Outside({ url }: { readonly url: string }) {
  if (!/^https?:\/\//i.test(url)) return <Words>{url}</Words>;
  return (
    <a href={url} target="_blank" rel="noreferrer noopener external" dir="ltr">
      {url}
    </a>
  );
}

function Captured({ capture }: { readonly capture: NonNullable<ReportRow["capture"]> }) {
  return (
    <>
      <a href={`/api/captures/${encodeURIComponent(capture.sha256)}`} download="">
        {t("report.download")}
      </a>{" "}
      <span class="hash" dir="ltr">
        {capture.media_type} {capture.sha256}
      </span>
    </>
  );
}

function Copies({ report }: { readonly report: ReportRow }) {
  const copied = report.origin && report.origin.origin !== report.id ? report.origin : null;
  if (!copied && report.copies.length === 0) return null;
  return (
    <>
      <h3>{t("report.copies")}</h3>
      {copied && (
        <p>
          <Say
            k="report.copy_of"
            report={
              <a class="id" dir="ltr" href={href("report", copied.origin)}>
                {copied.origin}
              </a>
            }
          />{" "}
          <Words>{copied.reasons.join("; ")}</Words>
        </p>
      )}
      <ul>
        {report.copies.map((copy) => (
          <li key={copy.report}>
            {copy.publisher ? <Words>{copy.publisher}</Words> : <Unknown />}{" "}
            <a class="id" dir="ltr" href={href("report", copy.report)}>
              {copy.report}
            </a>{" "}
            <Words>{copy.reasons.join("; ")}</Words>
          </li>
        ))}
      </ul>
    </>
  );
}

function Versions({ report }: { readonly report: ReportRow }) {
  return (
    <>
      <h3>{t("report.versions")}</h3>
      <ol class="versions">
        {report.versions.map((one) => (
          <li key={one.id}>
            <p>
              <When at={one.said} />{" "}
              <a
                class="id"
                dir="ltr"
                href={href("report", one.id)}
                {...(one.id === report.id && { "aria-current": "page" })}
              >
                {one.id}
              </a>{" "}
              {one.form === "withdrawn" && <b>{t("report.withdrawn")}</b>}
            </p>
            <Changes of={one} />
          </li>
        ))}
      </ol>
    </>
  );
}

function Changes({ of }: { readonly of: VersionRow }) {
  if (of.gone.length + of.new.length === 0) return null;
  return (
    <ul class="changes">
      {of.gone.map((words) => (
        <li key={`- ${words}`}>
          <del>
            <Words>{words}</Words>
          </del>
        </li>
      ))}
      {of.new.map((words) => (
        <li key={`+ ${words}`}>
          <ins>
            <Words>{words}</Words>
          </ins>
        </li>
      ))}
    </ul>
  );
}
