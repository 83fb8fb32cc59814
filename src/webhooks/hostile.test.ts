// The hostile addresses of the shared collection: nothing is ever sent there, and no connection is made.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { sharedSamples } from "../../test/support/shared-samples.ts";
import type { Lookup } from "../lib/address-guard.ts";
import { judgeWebhookUrl } from "./address.ts";
import { createWebhookSender } from "./post.ts";

const samples = sharedSamples("hostile-inputs.json", "hostile addresses of webhooks");
const run = samples.missing ? test.skip : test;

/** Refused by what they lead to or answer, not by what they are: they are told below and in webhooks.test.ts. */
const byAnswer = ["ssrf-33", "ssrf-39", "ssrf-40", "ssrf-41"];

run("hostile addresses are refused as they stand, also with https", async () => {
  const hostile = (JSON.parse(samples.text()) as { id: string; area: string; input: string }[]).filter(
    ({ id, area }) => area === "ssrf" && !byAnswer.includes(id),
  );
  expect(hostile.length).toBeGreaterThan(20);
  await using sender = createWebhookSender({ ownAddresses: [] });
  for (const { id, input } of hostile) {
    expect(judgeWebhookUrl(input.replace(/^http:/, "https:"), []).allowed, id).toBe(false);
    expect(await sender.post(input, {}, "{}"), id).toMatchObject({ ok: false, lasting: true });
  }
});

test("a public name that leads to a private address is refused at the moment of connecting", async () => {
  const asked: string[] = [];
  const resolve: Lookup = (name, _options, callback) => {
    asked.push(name);
    callback(null, [{ address: "127.0.0.1", family: 4 }]);
  };
  await using sender = createWebhookSender({ ownAddresses: [], resolve });
  for (const name of ["rebind.test", "127.0.0.1.nip.io"]) {
    const outcome = await sender.post(`https://${name}/hook`, {}, "{}");
    expect(outcome).toMatchObject({ ok: false, lasting: true });
    expect(JSON.stringify(outcome)).toContain("private network");
  }
  expect(asked).toEqual(["rebind.test", "127.0.0.1.nip.io"]);
});

test("an answer without end is left after its beginning (ssrf-41)", async () => {
  let sent = 0;
  const gone = Promise.withResolvers<void>();
  const server = createServer((_request, response) => {
    const piece = Buffer.alloc(64 * 1024);
    const send = () => {
      while (!response.destroyed && response.write(piece)) sent += piece.length;
    };
    response.on("drain", send).on("close", () => gone.resolve());
    response.writeHead(200);
    send();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const own = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  await using sender = createWebhookSender({ ownAddresses: [own] });
  expect(await sender.post(own, {}, "{}")).toEqual({ ok: true });
  await gone.promise;
  // What lies in the buffers between the two counts too.
  expect(sent).toBeLessThan(16 * 1024 * 1024);
  await new Promise((resolve) => server.close(resolve));
});
