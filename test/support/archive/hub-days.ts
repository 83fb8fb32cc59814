// What is put forward on the hub on which day, by whom, and how its votes grow.
import type { Day } from "../../../src/lib/clock.ts";
import { addDays, weekday } from "./eastern.ts";
import { createRandom, type Random } from "./random.ts";
import type { World } from "./world-types.ts";

export interface HubSubmission {
  id: string;
  day: Day;
  submitter: string;
  /** Votes and comments it will have in the end. */
  votes: number;
  comments: number;
  repository: string | null;
  stars: number;
  organisation: string | null;
}

const perDay = 14;
const hubCategories = ["cs.", "stat.ML"];
const submitters = ["reader-one", "quiet-otter", "fern", "paperboy", "m-quill"];
const organisations = ["atlantis-lab", "north-pole-ai", "made-up-institute"];

/** What is on the hub's list of a day; nothing on weekends. */
export function listHubDay(world: World, day: Day): HubSubmission[] {
  if (weekday(day) === 0 || weekday(day) === 6) return [];
  const random = createRandom(world.options.seed, "hub", day);
  const newest = world.batches.findLastIndex((batch) => batch.day <= day);
  const recent = world.papers.filter(({ categories, versions }) => {
    const age = newest - versions[0]!.batch;
    return age >= 0 && age < 3 && hubCategories.some((prefix) => categories[0]!.startsWith(prefix));
  });
  return random.pickSome(recent, perDay).map(({ id }) => drawSubmission(random, id, day));
}

function drawSubmission(random: Random, id: string, day: Day): HubSubmission {
  const withCode = random.chance(0.55);
  return {
    id,
    day,
    submitter: random.pick(submitters),
    votes: Math.floor(Math.exp(random.next() * 5)),
    comments: random.below(6),
    repository: withCode ? `https://github.com/example/${id.replace(/\D/g, "-")}` : null,
    stars: withCode ? Math.floor(Math.exp(random.next() * 7)) : 0,
    organisation: random.chance(0.6) ? random.pick(organisations) : null,
  };
}

/** How much of its final votes a paper has: most of them within two days. */
export function shareGrown(day: Day, now: Date): number {
  const hours = (now.getTime() - Date.parse(`${day}T00:00:00Z`)) / 3_600_000;
  return hours <= 0 ? 0 : 1 - Math.exp(-hours / 18);
}

/** The week before, newest day first. */
export function listRecent(world: World, today: Day): HubSubmission[] {
  return Array.from({ length: 7 }, (_, ago) => listHubDay(world, addDays(today, -ago))).flat();
}
