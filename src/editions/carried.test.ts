import { describe, expect, test } from "vitest";
import { listCarried } from "./carried.ts";

const days = ["2026-05-07", "2026-05-08", "2026-05-11", "2026-05-12"];
const row = (paper_pk: number, day: string, recorded_at: string | null) => ({ paper_pk, day, recorded_at });
const onTime = row(1, "2026-05-08", "2026-05-08T09:00:00.000Z");

describe("listCarried", () => {
  test("what came after the closing goes into the first edition that was open then", () => {
    const friday = row(2, "2026-05-08", "2026-05-09T00:00:00.000Z");
    const monday = row(3, "2026-05-08", "2026-05-11T23:59:59.999Z");
    const tuesday = row(4, "2026-05-08", "2026-05-12T00:00:00.000Z");
    expect(listCarried([onTime, friday, monday, tuesday], days)).toEqual([
      { paperPk: 2, from: "2026-05-08", to: "2026-05-11", arrivedAt: friday.recorded_at },
      { paperPk: 3, from: "2026-05-08", to: "2026-05-11", arrivedAt: monday.recorded_at },
      { paperPk: 4, from: "2026-05-08", to: "2026-05-12", arrivedAt: tuesday.recorded_at },
    ]);
  });

  test("waits on its own day until an edition opens, and for good after a week", () => {
    const late = row(2, "2026-05-08", "2026-05-09T08:00:00.000Z");
    expect(listCarried([onTime, late], ["2026-05-08"])).toMatchObject([{ paperPk: 2, to: null }]);
    expect(listCarried([onTime, late], ["2026-05-08", "2026-05-16"])).toMatchObject([{ to: null }]);
  });

  test("a paper that was also there in time is not late, nor is one of unknown arrival", () => {
    const again = row(1, "2026-05-08", "2026-05-10T08:00:00.000Z");
    expect(listCarried([again, onTime, row(2, "2026-05-08", null)], days)).toEqual([]);
  });

  test("a day that was filled in as a whole is nobody's news", () => {
    const filled = [2, 3].map((pk) => row(pk, "2026-05-07", "2026-05-11T08:00:00.000Z"));
    expect(listCarried(filled, days)).toEqual([]);
  });
});
