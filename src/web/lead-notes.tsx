// The notes beside the lead: why it leads, and what is held of it.
import type { EditionItem, ScoreTerm } from "../editions/edition.ts";
import { formatDay } from "../lib/dates.ts";
import { toLine } from "./cut.ts";
import { formatAddress, safeHref } from "./safe-href.ts";
import { describeTerm, formatPart, TermBar } from "./score-terms.tsx";
import { count, formatNumber, formatShare, formatSubmitters } from "./words.ts";

/** Where every score is explained in place, this one is too. */
export function LeadNotes({ item, explained }: { item: EditionItem; explained: boolean }) {
  return (
    <div class="notes">
      {explained ? null : <LeadTerms item={item} />}
      <HeldFacts item={item} />
    </div>
  );
}

function LeadTerms({ item }: { item: EditionItem }) {
  return (
    <table>
      <caption>Why it leads: {formatShare(item.share)} of the score</caption>
      <tbody>
        {item.terms
          .toSorted((a, b) => b.points - a.points)
          .map((term) => (
            <tr>
              <th scope="row">{term.name === "votes" ? item.reason : describeTerm(term)}</th>
              <td>{formatPart(partOf(term, item))}</td>
              <td class="bar-cell">
                <TermBar term={term} score={item.score} />
              </td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}

function partOf(term: ScoreTerm, { score }: EditionItem): number {
  return score > 0 ? term.points / score : 0;
}

function HeldFacts({ item }: { item: EditionItem }) {
  const facts = factsOf(item);
  if (facts.length === 0) return null;
  return (
    <table>
      <caption>Beside the paper</caption>
      <tbody>
        {facts.map(({ name, value, href }) => (
          <tr>
            <th scope="row">{name}</th>
            <td colspan={2}>{href ? <a href={href}>{value}</a> : value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface Fact {
  name: string;
  value: string;
  href?: string;
}

function factsOf({ paper, repository, stars, comments, submitters }: EditionItem): Fact[] {
  const facts: Fact[] = [];
  if (submitters.length > 0) facts.push({ name: "Submitted by", value: formatSubmitters(submitters) });
  if (paper.publishedOn) facts.push({ name: "Published", value: formatDay(paper.publishedOn) });
  if (paper.venue) facts.push({ name: "Appeared at", value: toLine(paper.venue) });
  const code = safeHref(repository ?? paper.links.find((link) => link.kind === "code")?.url ?? "");
  if (code) facts.push({ name: "Code", value: shorten(formatAddress(code)), href: code });
  if (stars !== null) facts.push({ name: "Stars there", value: formatNumber(stars) });
  if (comments !== null) facts.push({ name: "Discussion", value: count(comments, "comment") });
  if (paper.categories.length > 0)
    facts.push({ name: "Categories", value: paper.categories.slice(0, 4).join(", ") });
  return facts;
}

/** Addresses of any length, in one line of the notes. */
function shorten(address: string): string {
  return address.length > 48 ? `${address.slice(0, 47)}…` : address;
}
