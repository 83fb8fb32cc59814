import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { papersOf, saveDay } from "../../test/support/days.ts";
import { tinyModel } from "../../test/support/tiny-model.ts";
import { loadBackground } from "./held-sample.ts";
import { FeatureReader } from "./taste/features.ts";
import { samplePapers } from "./taste/sample.ts";

describeOnBothDatabases("the sample of papers held", (open) => {
  test("is drawn where enough are held, the same each time; before, there is none", async () => {
    const db = await open();
    const reader = new FeatureReader(tinyModel());
    await saveDay(db, "2026-05-12", papersOf("2026-05-12", 20));
    expect((await loadBackground(db, reader)).sample).toBeNull();
    await saveDay(db, "2026-05-13", papersOf("2026-05-13", 1_000));
    const { sample } = await loadBackground(db, reader);
    expect(sample?.papers).toHaveLength(samplePapers);
    expect((await loadBackground(db, reader)).sample).toBe(sample);
    const again = (await loadBackground(db, new FeatureReader(reader.model))).sample;
    expect([...again!.alone]).toEqual([...sample!.alone]);
  });
});
