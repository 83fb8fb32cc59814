// What is around the papers of an issue's HTML part: the letter's frame with head and closing, made once for all readers whose
// letters begin alike.
import { raw } from "hono/html";
import { formatTime } from "../lib/dates.ts";
import { links } from "../links.ts";
import { dim, ink, LetterShell, sans, Table } from "../mail/letter-shell.tsx";
import { type Fill, openHoles } from "./holes.ts";
import type { IssueContent } from "./issue.ts";
import { formatCounts, formatHead, formatMore, splitTitle, subjectOf } from "./letter-words.ts";

export const small = `${sans}font-size:13px;line-height:18px;`;

export const noWays = { unsubscribeUrl: "", settingsUrl: "", copyUrl: "" };
const wayNames = ["unsubscribeUrl", "settingsUrl", "copyUrl"] as const;
type Frame = Fill<(typeof wayNames)[number]>[];

/** What is around the papers, for the readers whose letters begin alike: before and after, with holes for the private ways. */
const frames = new Map<string, Frame>();
const mostFrames = 100;

export function frameOf(issue: IssueContent): Frame {
  const { facts, items, baseUrl, reader } = issue;
  const shown = [
    subjectOf(facts, items),
    previewOf(issue),
    formatCounts(issue),
    formatMore(issue),
    formatHead(facts),
  ];
  const key = JSON.stringify([shown, facts, baseUrl, reader?.when, Boolean(reader?.ways)]);
  const frame = frames.get(key) ?? renderFrame(issue);
  if (frames.size >= mostFrames) frames.clear();
  frames.set(key, frame);
  return frame;
}

function renderFrame(issue: IssueContent): Frame {
  const { facts, items, baseUrl, reader } = issue;
  const [start, end] = ["before", "after"].map((part) =>
    openHoles(wayNames, (ways) => {
      const holed = { ...issue, reader: reader && { ...reader, ways: reader.ways && ways } };
      const middle = "\n\n";
      const html = (
        <LetterShell
          title={subjectOf(facts, items)}
          baseUrl={baseUrl}
          preview={previewOf(issue)}
          head={<Head issue={holed} />}
        >
          {raw(middle)}
          <Closing issue={holed} />
        </LetterShell>
      ).toString();
      const at = html.lastIndexOf(middle);
      return part === "before" ? html.slice(0, at) : html.slice(at + middle.length);
    }),
  );
  return [start!, end!];
}

function previewOf({ items }: IssueContent): string {
  const names = items.slice(0, 4).map((item) => splitTitle(item.words.title).name.replace(/:$/, ""));
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
                <b>{formatHead(facts)}</b>
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
  if (!reader?.ways) return null;
  return (
    <>
      {" "}
      <a href={reader.ways.unsubscribeUrl} class="ik" style={`${ink}text-decoration:underline`}>
        Stop this letter
      </a>
    </>
  );
}

function Closing({ issue }: { issue: IssueContent }) {
  const { facts, baseUrl } = issue;
  return (
    <tr>
      <td colspan={2} class="ru" style="padding:12px 0 24px;border-top:3px solid #111111">
        <div class="ik" style={`${sans}font-size:16px;line-height:24px;${ink}`}>
          <a href={`${baseUrl}${links.day(facts.day)}`} class="ik" style={`${ink}text-decoration:underline`}>
            <b>{formatMore(issue)}</b>
          </a>
        </div>
        <div class="dm" style={`${small}${dim}padding-top:12px`}>
          <Asked issue={issue} />
          <WayOut issue={issue} />
        </div>
      </td>
    </tr>
  );
}

function Asked({ issue: { reader } }: { issue: IssueContent }) {
  if (!reader) return <>A test copy, sent by the owner of this Broadsheet; nobody subscribed.</>;
  const link = `${ink}text-decoration:underline`;
  return (
    <>
      You asked for this letter {reader.when}. No paper comes twice.
      {reader.ways ? (
        <>
          {" "}
          <a href={reader.ways.settingsUrl} class="ik" style={link}>
            Hour, days, a pause, how many papers
          </a>
          {" · "}
          <a href={reader.ways.copyUrl} class="ik" style={link}>
            This letter on the web, for you alone
          </a>
          {" · "}
        </>
      ) : null}
    </>
  );
}
