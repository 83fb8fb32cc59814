// Webhooks by the command line: made, listed without what is secret, tested against a receiver on this machine, removed.
import { createHmac } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runCommand } from "../support/program.ts";

test("a webhook is made, tested, listed and removed by commands alone", async () => {
  const received: { headers: IncomingHttpHeaders; body: string }[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request.setEncoding("utf8")) body += chunk;
    received.push({ headers: request.headers, body });
    response.writeHead(request.url === "/broken" ? 500 : 204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const own = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const folder = mkdtempSync(join(tmpdir(), "broadsheet-webhooks-"));
  const run = async (...args: string[]) => {
    const env = { BROADSHEET_WEBHOOK_ADDRESSES: own, BROADSHEET_LOG_LEVEL: "error" };
    const { status, stdout, stderr } = await runCommand(["webhooks", ...args, "--json", "--data", folder], {
      env,
    });
    return { status, stderr, said: stdout === "" ? null : JSON.parse(stdout) };
  };
  try {
    const { said: made } = await run("add", `${own}hooks/a-long-part-that-is-secret`, "--at", "08:30");
    expect(made).toMatchObject({ shape: "json", sendAt: "08:30", secret: expect.stringMatching(/^whsec_/) });
    expect((await run("test", made.id)).said).toMatchObject({ taken: true });
    const [{ headers, body } = { headers: {}, body: "" }] = received;
    const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
    const key = Buffer.from(made.secret.slice("whsec_".length), "base64");
    expect(headers["webhook-signature"]).toBe(
      `v1,${createHmac("sha256", key).update(signed).digest("base64")}`,
    );

    const { said: slack } = await run("add", `${own}broken`, "--slack");
    expect(slack).not.toHaveProperty("secret");
    expect(await run("test", slack.id)).toMatchObject({
      status: 1,
      said: { taken: false, reason: "It answered 500." },
    });

    const { said: listed } = await run("list");
    expect(listed.webhooks).toMatchObject([
      { id: made.id, address: expect.stringMatching(/\/hooks\/…ret$/) },
      { id: slack.id, address: expect.stringMatching(/\/…$/) },
    ]);
    expect(JSON.stringify(listed)).not.toContain("long-part");
    expect((await run("add", "http://169.254.169.254/")).status).toBe(1);
    expect((await run("remove", made.id)).said).toMatchObject({ removed: true });
    expect((await run("list")).said.webhooks).toHaveLength(1);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await new Promise((resolve) => server.close(resolve));
  }
});
