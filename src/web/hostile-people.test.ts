// The hostile inputs about people: redirects, addresses, links, foreign forms. Each known one ends as expected; a new one fails.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { describeOnBothDatabases, type OpenDatabase } from "../../test/support/databases.ts";
import { openPages, postForm } from "../../test/support/pages.ts";
import { signInAs } from "../../test/support/people.ts";
import { setPassword } from "../accounts/set-password.ts";

interface Hostile {
  id: string;
  area: string;
  input: string;
  expected: string;
}

const file = join(process.env.BROADSHEET_SHARED ?? "../shared", "hostile-inputs.json");
const areas = ["csrf", "magic-link", "redirect", "enumeration"];
const inputs = existsSync(file)
  ? (JSON.parse(readFileSync(file, "utf8")) as Hostile[]).filter(({ area }) => areas.includes(area))
  : null;
if (!inputs) console.warn(`NOT RUN: the hostile inputs about people, because ${file} is missing`);

const password = "twelve green owls in a row";

async function openWithAda(open: OpenDatabase) {
  const pages = await openPages(await open());
  const { account, cookie } = await signInAs(pages.accounts, "ada@x.test", "reader");
  const session = { startedAt: new Date() };
  await setPassword(pages.accounts, { account, session }, { current: "", next: password });
  return { pages, cookie };
}

/** What is walked elsewhere with more around it: sign-in.test.ts, subscribe.test.ts, same-origin and the browser. */
const walkedBeside = [
  ...["csrf-01", "csrf-02", "csrf-03", "csrf-06", "csrf-08"],
  ...[
    "magic-link-01",
    "magic-link-02",
    "magic-link-03",
    "magic-link-04",
    "magic-link-07",
    "magic-link-09",
    "magic-link-11",
  ],
  ...["enumeration-02", "enumeration-03"],
];

describeOnBothDatabases("hostile inputs about people", (open) => {
  test.skipIf(!inputs)("redirects stay here, by whichever way somebody signs in", async () => {
    const { pages } = await openWithAda(open);
    const redirects = inputs!.filter(({ area }) => area === "redirect");
    expect(redirects.length).toBeGreaterThan(5);
    for (const { id, input } of redirects) {
      const shown = await pages.read(`/sign-in?next=${encodeURIComponent(input)}`);
      expect(shown, id).not.toContain("evil.test/");
      const next = input.startsWith("/login?") ? new URLSearchParams(input.slice(7)).get("next")! : input;
      for (const given of [input, next, decodeURIComponent(next)]) {
        const answer = await postForm(pages, "/sign-in/password", {
          address: "ada@x.test",
          password,
          next: given,
        });
        const location = new URL(answer.headers.get("Location") ?? "", "https://papers.example.org");
        expect([id, answer.status, location.origin]).toEqual([id, 303, "https://papers.example.org"]);
      }
    }
  });

  test.skipIf(!inputs)(
    "odd addresses are refused alike where one signs in and where one subscribes",
    async () => {
      const { pages } = await openWithAda(open);
      const odd = inputs!.filter(({ id, area }) => area === "enumeration" && !walkedBeside.includes(id));
      expect(odd.length).toBeGreaterThan(2);
      for (const { id, input } of odd) {
        for (const address of input.split(/,\s*/)) {
          const folded = address.normalize("NFKC");
          const expected = folded !== address && !/\p{Cf}/u.test(address) ? 200 : 400;
          expect([id, (await postForm(pages, "/sign-in/link", { address })).status]).toEqual([id, expected]);
          const wish = { address, time: "09:00", zone: "UTC" };
          expect([id, (await postForm(pages, "/subscribe", wish)).status]).toEqual([id, expected]);
        }
      }
    },
  );

  test.skipIf(!inputs)("each is walked somewhere", () => {
    const walked = inputs!.filter(
      ({ id, area }) => area === "redirect" || area === "enumeration" || walkedBeside.includes(id),
    );
    expect(inputs!.map(({ id }) => id).filter((id) => !walked.some((one) => one.id === id))).toEqual([]);
  });
});
