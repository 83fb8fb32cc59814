// The HTML part of an issue: rank is physical here too, in the size of the headline and the length of the rule above it.
import { raw } from "hono/html";
import type { Step } from "../editions/edition.ts";
import { escapeHtml } from "../lib/html-text.ts";
import { links } from "../links.ts";
import { joinPieces, type Pieces, type SharedLines } from "../mail/letter.ts";
import { dim, ink, sans, serif, Table } from "../mail/letter-shell.tsx";
import type { ChosenPaper } from "./choose.ts";
import { frameOf, noWays, small } from "./digest-frame.tsx";
import { type Fill, openHoles } from "./holes.ts";
import type { IssueContent, IssueItem } from "./issue.ts";
import { type MarkAct, markActs } from "./letter-pass.ts";
import { type PaperWords, partsOf, splitTitle } from "./letter-words.ts";
import { memoByPaper, memoByReason, type SharedItem } from "./paper-memo.ts";

/** Headline sizes in px by step: size/line. */
const headlines: Record<Step, [number, number]> = {
  1: [34, 36],
  2: [24, 27],
  3: [20, 23],
  4: [18, 21],
  5: [16, 20],
};

/** A title of one long word would widen the whole letter. This way mail readers know it. */
const breakLong = "word-break:break-word;";

/** 24 px of rule for each per cent of the day's score; the column is 620 px wide, a phone less. */
const pxOfWhole = 2_400;
const longestRule = 560;

export function renderDigestHtml(issue: IssueContent): Pieces {
  const { items, baseUrl, reader } = issue;
  const [head, end] = frameOf(issue);
  const ways = reader?.ways ?? noWays;
  const parts = partsOf(items).flatMap(({ heading, items: papers }) => [
    ...(heading === null ? [] : [partHeading(heading)]),
    ...papers.flatMap((item) => renderPaper(item, baseUrl)),
  ]);
  return ["<!doctype html>", ...head!(ways), ...parts, ...end!(ways), ""];
}

/** Size of one paper in the part, in bytes, for the choice: with marks as long as they come. */
export function paperHtmlBytes(paper: ChosenPaper, words: PaperWords, baseUrl: string): number {
  return sharedBytes({ ...paper, words }, baseUrl) + Buffer.byteLength(escapeHtml(paper.reason));
}

/** See letter-pass.ts. */
const longestPass = 46;

const sharedBytes = memoByPaper((item, baseUrl) => {
  const url = `${baseUrl}/m/${"x".repeat(longestPass)}`;
  const marks = { more: url, less: url, save: url };
  return Buffer.byteLength(joinPieces(renderPaper({ ...item, reason: "", marks }, baseUrl)));
});

const endOfRows = "</td></tr>";
const sharedRows = memoByPaper((item, baseUrl): SharedLines => {
  const rows = (<PaperRows item={item} baseUrl={baseUrl} />).toString();
  return { lines: rows.slice(0, -endOfRows.length) };
});
const closedRows: SharedLines = { lines: endOfRows };
/** What differs from reader to reader below a paper. */
const sharedReason = memoByReason((reason): SharedLines => {
  fillReason ??= openHoles(["reason"], (marks) => (<Reason reason={marks.reason} />).toString());
  return { lines: joinPieces(fillReason({ reason })) };
});
let fillReason: Fill<"reason"> | null = null;
let fillMarks: Fill<MarkAct> | null = null;

/** Lines that are the same for many letters end where those of one reader begin: they are encoded once (quoted-printable.ts). */
function renderPaper(item: IssueItem, baseUrl: string): Pieces {
  fillMarks ??= openHoles(markActs, (marks) => (<Marks marks={marks} />).toString());
  const marks = item.marks ? fillMarks(item.marks) : [];
  return [sharedRows(item, baseUrl), sharedReason(item.reason), ...marks, closedRows];
}

const headings = new Map<string, SharedLines>();

/** One of the few headings there are. */
function partHeading(text: string): SharedLines {
  const heading = headings.get(text) ?? { lines: (<PartHeading text={text} />).toString() };
  headings.set(text, heading);
  return heading;
}

function PartHeading({ text }: { text: string }) {
  return (
    <tr>
      <td colspan={2} class="ru" style="padding:10px 0 12px;border-top:3px solid #111111">
        <h2 class="ik" style={`margin:0;${sans}font-size:20px;line-height:24px;${ink}`}>
          {text}
        </h2>
      </td>
    </tr>
  );
}

function PaperRows({ item, baseUrl }: { item: SharedItem; baseUrl: string }) {
  const { id, byLine, summary } = item.words;
  const href = `${baseUrl}${links.paper(id)}`;
  return (
    <>
      <tr>
        <td colspan={2} class="ru" style="padding:0;border-top:1px solid #111111">
          {item.rank === null ? null : <Rule share={item.share} />}
        </td>
      </tr>
      <tr>
        <td
          class="mg ik"
          width="52"
          valign="top"
          style={`padding:8px 8px 0 0;${sans}font-size:20px;line-height:22px;${ink}`}
        >
          <b>{item.rank ?? "*"}</b>
        </td>
        <td class="tx dm" valign="top" style={`padding:6px 0 22px;${small}${dim}${breakLong}`}>
          <Headline item={item} href={href} />
          {byLine ? (
            <div dir="auto" style="padding-top:5px">
              {byLine}
            </div>
          ) : null}
          {summary ? (
            <div
              class="ik"
              dir="auto"
              style={`${serif}font-size:16px;line-height:24px;${ink}padding-top:6px`}
            >
              {summary}
            </div>
          ) : null}
        </td>
      </tr>
    </>
  );
}

function Reason({ reason }: { reason: string }) {
  return (
    <div style="padding-top:7px">
      ∵ <bdi>{reason}</bdi>
    </div>
  );
}

/** Said on a page that asks once more: what scanners open says nothing. */
function Marks({ marks }: { marks: NonNullable<IssueItem["marks"]> }) {
  return (
    <div style="line-height:24px;padding-top:3px">
      {markActs.map((act) => (
        <>
          <a href={marks[act]} class="dm" style={dim}>
            {act}
          </a>
          {raw(" &nbsp; &nbsp; ")}
        </>
      ))}
    </div>
  );
}

/** As wide as the paper's part of the score; a table cell with a ground prints everywhere. */
function Rule({ share }: { share: number }) {
  const width = Math.max(4, Math.min(longestRule, Math.round(share * pxOfWhole)));
  return (
    <Table width={String(width)} style={`width:${width}px;max-width:100%`}>
      <tr>
        <td class="ikb" height="4" bgcolor="#111111" style="height:4px;line-height:4px;font-size:1px">
          {raw("&nbsp;")}
        </td>
      </tr>
    </Table>
  );
}

function Headline({ item, href }: { item: SharedItem; href: string }) {
  const [size, line] = headlines[item.step];
  const { name, rest } = splitTitle(item.words.title);
  const type = `font-size:${size}px;line-height:${line}px;`;
  return (
    <h2
      dir="auto"
      {...(item.step === 1 ? { class: "h1" } : {})}
      style={`margin:0;${sans}font-weight:normal;${type}letter-spacing:-0.01em`}
    >
      <a href={href} class="ik" style={`${ink}text-decoration:none`}>
        <b>{name}</b>
        {rest ? ` ${rest}` : ""}
      </a>
    </h2>
  );
}
