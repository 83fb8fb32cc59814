import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { saveDay } from "../../test/support/days.ts";
import { openPages } from "../../test/support/pages.ts";

describeOnBothDatabases("the pictures of the hub's answers", (open) => {
  test("a paper's is a PNG under every id, others may show it, and it is asked for again by its tag", async () => {
    const db = await open();
    await saveDay(db, "2026-05-12", [{ id: "2605.00001", title: `<text>&"]]> \u0007` }]);
    const pages = await openPages(db);
    const [item] = (await (await pages.fetch("/api/daily_papers?date=2026-05-12")).json()) as [
      { thumbnail: string; submittedBy: { avatarUrl: string } },
    ];
    expect(item.thumbnail).toBe("https://papers.example.org/thumbnails/2605.00001.png");
    const picture = await pages.fetch("/thumbnails/2605.00001.png");
    expect([picture.status, picture.headers.get("Content-Type")]).toEqual([200, "image/png"]);
    expect(picture.headers.get("Cross-Origin-Resource-Policy")).toBe("cross-origin");
    expect(picture.headers.get("Cache-Control")).toBe("public, max-age=86400");
    expect(picture.headers.get("RateLimit-Policy")).toContain('"pictures"');
    const bytes = Buffer.from(await picture.arrayBuffer());
    expect(bytes.subarray(1, 4).toString()).toBe("PNG");
    const again = { headers: { "If-None-Match": picture.headers.get("ETag") ?? "" } };
    expect((await pages.fetch("/thumbnails/2605.00001v3.png", again)).status).toBe(304);
    const avatar = await pages.fetch(item.submittedBy.avatarUrl.replace("https://papers.example.org", ""));
    expect([avatar.status, avatar.headers.get("Content-Type")]).toEqual([200, "image/svg+xml"]);
    expect(pages.errors).toEqual([]);
  });

  test("what is none is not found; a private instance keeps them to itself", async () => {
    const db = await open();
    await saveDay(db, "2026-05-12", [{ id: "2605.00001" }]);
    const pages = await openPages(db);
    for (const path of ["2605.00001", "2605.00009.png", "__proto__.png"])
      expect((await pages.fetch(`/thumbnails/${path}`)).status).toBe(404);
    expect((await pages.fetch("/avatars/x.svg")).status).toBe(404);
    const hidden = await openPages(db, { env: { BROADSHEET_PRIVATE: "yes" }, owner: true });
    const picture = await hidden.fetch("/thumbnails/2605.00001.png");
    expect(picture.headers.get("Cross-Origin-Resource-Policy")).toBe("same-origin");
    expect(picture.headers.get("Cache-Control")).toContain("private");
  });
});
