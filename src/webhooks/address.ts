// To which addresses anything is ever sent: https of the public Internet, and what the owner of the program allowed.
import { type AddressVerdict, judgeUrl } from "../lib/address-guard.ts";

/** Judged before anything is resolved; `ownAddresses` are base addresses that may be private. */
export function judgeWebhookUrl(url: string, ownAddresses: readonly string[]): AddressVerdict {
  const verdict = judgeUrl(url, ownAddresses);
  if (verdict.allowed && !verdict.ownersOwn && verdict.url.protocol !== "https:")
    return { allowed: false, why: "it is not https" };
  return verdict;
}

const longestShown = 12;
const shownOfKey = 3;

/**
 * The address as its keeper tells it from another, without what is secret in it: the beginning of the path, but nothing that
 * is long enough to be a key; of its last part the end. "hooks.slack.com/services/T024BE7LD/B0571/…x7Q".
 */
export function formatWebhookUrl(url: string): string {
  const { host, pathname, search } = new URL(url);
  const parts = pathname.split("/").filter((part) => part !== "");
  const last = parts.pop();
  const before = parts.map((part) => (part.length > longestShown ? "…" : part));
  const end = last === undefined ? [] : [last.length > longestShown ? `…${last.slice(-shownOfKey)}` : "…"];
  return [host, ...before, ...end].join("/") + (search === "" ? "" : "?…");
}
