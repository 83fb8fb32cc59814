// The lines a listing page puts before its papers: an invitation, a byline, a date. They are known by heart, and taken off
// at the beginning of a page only, because "Subscribe …" may well begin the title of a paper.

const invitation = /^get trending papers in your email inbox(?: once a day)?!$/i;
const date = /^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d{1,2}$/i;
const byline = /^by\s?\S.{0,80}$/;
const knownByline = /^by.{0,60}\bresearch community$/;

/** The lines that say what page this is. */
export function isBannerLine(line: string): boolean {
  return invitation.test(line);
}

export interface Banner {
  /** Gives the lines of content that are settled now: none, this one, or the held one and this one. */
  pass(line: string): string[];
  /** What was still held at the end. */
  rest(): string[];
}

/** One line at a time. Pages joined into one file each bring their banner, and each is taken off. */
export function createBanner(): Banner {
  let atHead = true;
  let invited = false;
  let subscribed = false;
  /** A line that begins with "by": a byline if a date follows, else a title. */
  let held: string | null = null;

  const readHead = (line: string): string[] => {
    if (line === "new" || date.test(line)) return [];
    if (line === "Subscribe") {
      subscribed = true;
      return [];
    }
    if (knownByline.test(line)) return [];
    if (byline.test(line)) {
      held = line;
      return [];
    }
    atHead = false;
    return [invited && !subscribed ? withoutGluedSubscribe(line, true) : withoutGluedSubscribe(line, false)];
  };

  return {
    pass(line) {
      if (invitation.test(line)) {
        const before = held === null ? [] : [held];
        [atHead, invited, subscribed, held] = [true, true, false, null];
        return before;
      }
      if (held !== null) {
        const title = held;
        held = null;
        if (date.test(line)) return [];
        atHead = false;
        return [title, line];
      }
      return atHead ? readHead(line) : [line];
    },
    rest: () => (held === null ? [] : [held]),
  };
}

/**
 * "SubscribePosition-aware …": after the invitation the button's word must be there, so whatever follows it directly is
 * the title; without one only a capital after it betrays it. "Subscribe to …" is a title.
 */
function withoutGluedSubscribe(line: string, expected: boolean): string {
  const glued = expected ? /^Subscribe(?=\S)/ : /^Subscribe(?=[\p{Lu}\p{Nd}$])/u;
  return line.replace(glued, "");
}
