// The marks of the ledger's states: they differ by shape and word, never by colour alone.
import type { LedgerState } from "../harvest/ledger.ts";

/** In the order of the key. */
export const stateMeanings: readonly { state: LedgerState; meaning: string }[] = [
  { state: "fresh", meaning: "all held by the morning" },
  { state: "quiet", meaning: "none announced" },
  { state: "waiting", meaning: "not due yet" },
  { state: "late", meaning: "not out in time, or held only later" },
  { state: "partial", meaning: "some held" },
  { state: "stalled", meaning: "the batch before was shown again" },
  { state: "failed", meaning: "the source could not be asked" },
];

/** `share`: how much of a partial day is held, 0 to 1. */
export function StateMark({ state, share }: { state: LedgerState; share: number }) {
  return (
    <svg class="state" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
      <Shape state={state} share={share} />
    </svg>
  );
}

function Shape({ state, share }: { state: LedgerState; share: number }) {
  switch (state) {
    case "fresh":
      return <path d="M3 3h6v6H3z" />;
    case "quiet":
      return <path d="M0 5.5h12v1H0z" />;
    case "waiting":
      return <path class="open" d="M3 3h6v6H3z" />;
    case "late":
      return (
        <>
          <path class="open" d="M.75 .75h10.5v10.5H.75z" />
          <path d="M6 0h6v12H6z" />
        </>
      );
    case "partial": {
      const height = Math.round(Math.min(1, Math.max(0, share)) * 12);
      return (
        <>
          <path class="open" d="M.75 .75h10.5v10.5H.75z" />
          <path d={`M0 ${12 - height}h12v${height}H0z`} />
        </>
      );
    }
    case "stalled":
      return <path class="open" d="M1 1l10 10M11 1L1 11" />;
    case "failed":
      return <path class="open" d="M.75 .75h10.5v10.5H.75zM1 1l10 10M11 1L1 11" />;
  }
}
