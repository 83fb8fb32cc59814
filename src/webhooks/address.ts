// To which addresses anything is ever sent: https of the public Internet, and what the owner of the program allowed.
import { type AddressVerdict, judgeUrl } from "../lib/address-guard.ts";

/** Judged before anything is resolved; `ownAddresses` are base addresses that may be private. */
export function judgeWebhookUrl(url: string, ownAddresses: readonly string[]): AddressVerdict {
  const verdict = judgeUrl(url, ownAddresses);
  if (verdict.allowed && !verdict.ownersOwn && verdict.url.protocol !== "https:")
    return { allowed: false, why: "it is not https" };
  return verdict;
}
