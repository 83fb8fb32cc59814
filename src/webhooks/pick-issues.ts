// The issues of webhooks that get a reader's picks: chosen out of the day's edition, never a paper that the webhook had.
import type { Edition } from "../editions/edition.ts";
import type { Instant } from "../lib/clock.ts";
import { keeperAtMachine, machineKeeper } from "../library/keeper.ts";
import { formatPicksBody } from "./body.ts";
import type { WebhookContext } from "./context.ts";
import { listHadPapers } from "./sent-papers-store.ts";
import type { WebhookShape } from "./webhook.ts";
import type { Webhook } from "./webhooks-store.ts";

/** Papers of one issue. */
const mostPicks = 10;

export interface Issue {
  body: string;
  /** Papers to be remembered as sent; empty for editions. */
  pks: readonly number[];
}

/** Of one edition: its papers are prepared once, however many webhooks ask. The returned function gives null where nothing is picked. */
export function openPickIssues(
  { db, preparePicks, baseUrl }: WebhookContext,
  edition: Edition,
  now: Instant,
): (webhook: Webhook) => Promise<Issue | null> {
  const items = new Map(edition.items.map((item) => [item.paper.pk, item]));
  const papers = edition.items.map(({ paper, votes }) => ({ paper, day: edition.from, votes }));
  const choose = preparePicks?.(papers, now) ?? (async () => []);
  return async (webhook) => {
    const keeper = webhook.keeper === machineKeeper ? await keeperAtMachine(db, now) : webhook.keeper;
    const had = await listHadPapers(db, webhook.id, [...items.keys()]);
    const [chosen] = await choose([{ keeper, had, limit: mostPicks }]);
    const picks = chosen?.picks ?? [];
    if (picks.length === 0) return null;
    const picked = {
      day: edition.from,
      asOf: edition.asOf,
      papers: picks.map(({ pk, reasons }, i) => {
        const { paper, votes } = items.get(pk)!;
        return { rank: i + 1, paper, votes, reasons };
      }),
    };
    return {
      body: formatPicksBody(webhook.shape as WebhookShape, picked, baseUrl()),
      pks: picks.map(({ pk }) => pk),
    };
  };
}
