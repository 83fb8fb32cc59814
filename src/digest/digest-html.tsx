// The HTML part of an issue: rank is physical here too, in the size of the headline and the length of the rule above it.
import { raw } from "hono/html";
import type { Step } from "../editions/edition.ts";
import { formatLongDay, formatTime } from "../lib/dates.ts";
import { links } from "../links.ts";
import { dim, ink, LetterShell, sans, serif, Table } from "../mail/letter-shell.tsx";
import type { IssueContent, IssueItem } from "./issue.ts";
import { byLineOf, formatCounts, splitTitle, subjectOf, summaryOf, titleOf } from "./letter-words.ts";

const small = `${sans}font-size:13px;line-height:18px;`;

/** Headline sizes in px by step: size/line. */
const headlines: Record<Step, [number, number]> = {
  1: [34, 36],
  2: [24, 27],
  3: [20, 23],
  4: [18, 21],
  5: [16, 20],
};

/** 24 px of rule for each per cent of the day's score; the column is 620 px wide, a phone less. */
const pxOfWhole = 2_400;
const longestRule = 560;

export function renderDigestHtml(issue: IssueContent): string {
  const { facts, items, baseUrl } = issue;
  return `<!doctype html>\n${(
    (
      <LetterShell
        title={subjectOf(facts.day, items)}
        baseUrl={baseUrl}
        preview={previewOf(issue)}
        head={<Head issue={issue} />}
      >
        {items.map((item) => (
          <PaperRows item={item} baseUrl={baseUrl} />
        ))}
        <Closing issue={issue} />
      </LetterShell>
    )
  ).toString()}\n`;
}

/** Size of one paper in the part, in bytes, for the choice. */
export function paperHtmlBytes(item: IssueItem, baseUrl: string): number {
  return Buffer.byteLength((<PaperRows item={item} baseUrl={baseUrl} />).toString());
}

function previewOf({ items }: IssueContent): string {
  const names = items.slice(0, 4).map((item) => splitTitle(titleOf(item.paper)).name.replace(/:$/, ""));
  return names.join(" · ");
}

function Head({ issue }: { issue: IssueContent }) {
  const { facts, baseUrl } = issue;
  const cell = `${small}${ink}`;
  return (
    <tr>
      <td colspan={2} class="ru" style="padding:6px 0 14px;border-top:3px solid #111111">
        <Table width="100%">
          <tr>
            <td class="r ik" style={cell}>
              <a href={`${baseUrl}${links.day(facts.day)}`} class="ik" style={`${ink}text-decoration:none`}>
                <b>{formatLongDay(facts.day)}</b>, No. {facts.number}
              </a>
            </td>
            <td class="r ik" align="right" style={cell}>
              {formatCounts(issue)}, as of {formatTime(facts.asOf)}
            </td>
          </tr>
        </Table>
        <div class="dm" style={`${small}${dim}padding-top:6px`}>
          ∵ why it is here. The rule over a headline is 24 px long for 1 % of the day’s score.
          {facts.account ? ` ${facts.account}.` : ""}
          <WayOut issue={issue} />
        </div>
      </td>
    </tr>
  );
}

function WayOut({ issue: { reader } }: { issue: IssueContent }) {
  if (!reader) return null;
  return (
    <>
      {" "}
      <a href={reader.unsubscribeUrl} class="ik" style={`${ink}text-decoration:underline`}>
        Stop this letter
      </a>
    </>
  );
}

function PaperRows({ item, baseUrl }: { item: IssueItem; baseUrl: string }) {
  const href = `${baseUrl}${links.paper(item.paper.id)}`;
  const summary = summaryOf(item.paper);
  const byLine = byLineOf(item);
  return (
    <>
      <tr>
        <td colspan={2} class="ru" style="padding:0;border-top:1px solid #111111">
          <Rule share={item.share} />
        </td>
      </tr>
      <tr>
        <td
          class="mg dm"
          width="52"
          valign="top"
          style={`width:52px;padding:8px 8px 0 0;${sans}font-size:12px;line-height:18px;${dim}`}
        >
          <b class="ik" style={`font-size:20px;line-height:22px;${ink}`}>
            {item.rank}
          </b>
        </td>
        <td class="tx" valign="top" style="padding:6px 0 22px 0">
          <Headline item={item} href={href} />
          {byLine ? (
            <div class="dm" dir="auto" style={`${small}${dim}padding-top:5px`}>
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
          <div class="dm" style={`${small}line-height:24px;${dim}padding-top:4px`}>
            ∵ {item.reason}
          </div>
        </td>
      </tr>
    </>
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

function Headline({ item, href }: { item: IssueItem; href: string }) {
  const [size, line] = headlines[item.step];
  const { name, rest } = splitTitle(titleOf(item.paper));
  const type = `font-size:${size}px;line-height:${line}px;`;
  return (
    <h2 dir="auto" style={`margin:0;font-weight:normal;${type}`}>
      <a
        href={href}
        class={item.step === 1 ? "ik h1" : "ik"}
        style={`${sans}${type}${ink}text-decoration:none;letter-spacing:-0.01em`}
      >
        <b>{name}</b>
        {rest ? ` ${rest}` : ""}
      </a>
    </h2>
  );
}

function Closing({ issue }: { issue: IssueContent }) {
  const { facts, items, baseUrl, reader } = issue;
  const more = facts.held - items.length;
  return (
    <tr>
      <td colspan={2} class="ru" style="padding:12px 0 24px;border-top:3px solid #111111">
        <div class="ik" style={`${sans}font-size:16px;line-height:24px;${ink}`}>
          <a href={`${baseUrl}${links.day(facts.day)}`} class="ik" style={`${ink}text-decoration:underline`}>
            <b>
              {more > 0
                ? `${more.toLocaleString("en-US")} more in the edition of the day`
                : "The edition of the day"}
            </b>
          </a>
        </div>
        <div class="dm" style={`${small}${dim}padding-top:12px`}>
          {reader
            ? `You asked for this letter at ${reader.sendAt} by your clock (${reader.zone}). No paper comes twice.`
            : "A test copy, sent by the owner of this Broadsheet; nobody subscribed."}
          <WayOut issue={issue} />
        </div>
      </td>
    </tr>
  );
}
