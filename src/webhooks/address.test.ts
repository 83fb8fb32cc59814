import { expect, test } from "vitest";
import { formatWebhookUrl } from "./address.ts";

test.each([
  [
    "https://hooks.slack.com/services/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",
    "hooks.slack.com/services/T024BE7LD/B0571UVB3/…sGx",
  ],
  ["https://x.test/", "x.test"],
  ["https://x.test/hook", "x.test/…"],
  ["https://x.test/zK9w2QmXtR4vLp8NcJ6dHsGx/slack", "x.test/…/…"],
  ["https://x.test/in?key=zK9w2QmXtR4v", "x.test/…?…"],
])("%s is told as %s", (url, shown) => {
  expect(formatWebhookUrl(url)).toBe(shown);
});
