// Asking a server from an address of one's own, as browsers and crawlers do, and what came of it.
import { Agent, get } from "node:http";

export interface Tally {
  /** Milliseconds, in the order of the answers. */
  times: number[];
  /** 0: no answer. */
  statuses: Map<number, number>;
}

export function newTally(): Tally {
  return { times: [], statuses: new Map() };
}

export const browserHeaders = {
  "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
  "sec-fetch-mode": "navigate",
  "sec-fetch-site": "same-origin",
};

/** `from`: an address of loopback. */
export function openAsker(from: string) {
  const agent = new Agent({ keepAlive: true, localAddress: from });
  return {
    close: () => agent.destroy(),
    get(address: string, headers: Record<string, string>, tally: Tally): Promise<number> {
      const begun = performance.now();
      return new Promise((resolve) => {
        const end = (status: number) => {
          tally.statuses.set(status, (tally.statuses.get(status) ?? 0) + 1);
          resolve(status);
        };
        const request = get(
          address,
          { agent, headers: { ...headers, "accept-encoding": "gzip" } },
          (answer) => {
            answer.resume();
            answer.on("end", () => {
              tally.times.push(performance.now() - begun);
              end(answer.statusCode ?? 0);
            });
          },
        );
        // An open connection that the server had just closed for idleness, say; counted, and asked anew.
        request.on("error", () => end(0));
      });
    },
  };
}
