// The hub's daily papers API over the generated world.
import { dayMs, easternOffset } from "./eastern.ts";
import { type HubSubmission, listHubDay, listRecent, shareGrown } from "./hub-days.ts";
import { displayName } from "./paper-text.ts";
import { type PaperView, viewPaper } from "./paper-view.ts";
import { createRandom } from "./random.ts";
import type { World } from "./world-types.ts";

export interface HubAnswer {
  status: number;
  body: unknown;
  headers: Record<string, string>;
}

/** GET /api/daily_papers */
export function answerDailyPapers(world: World, parameters: URLSearchParams, now: Date): HubAnswer {
  const limit = Number(parameters.get("limit") ?? 50);
  const page = Number(parameters.get("p") ?? 0);
  if (!Number.isInteger(limit) || limit < 1) return refuse("Invalid input: expected number");
  if (limit > 100) return refuse("Too big: expected number to be <=100");
  const date = parameters.get("date");
  const today = now.toISOString().slice(0, 10);
  if (date !== null && (!/^\d{4}-\d\d-\d\d$/.test(date) || Number.isNaN(Date.parse(date)) || date > today))
    return refuse(`Invalid date: ${date}`);
  const all = date === null ? listRecent(world, today) : listHubDay(world, date);
  const items = all.flatMap((submission) => renderItem(world, submission, now) ?? []);
  if (date !== null) items.sort((a, b) => b.paper.upvotes - a.paper.upvotes);
  const more = items.length > (page + 1) * limit;
  const next = new URLSearchParams({ ...Object.fromEntries(parameters), p: String(page + 1) });
  const headers: Record<string, string> = more ? { link: `</api/daily_papers?${next}>; rel="next"` } : {};
  return { status: 200, body: items.slice(page * limit, (page + 1) * limit), headers };
}

function refuse(error: string): HubAnswer {
  return { status: 400, body: { error }, headers: {} };
}

/** GET /api/papers/{id} */
export function answerHubPaper(world: World, id: string, now: Date): HubAnswer {
  const today = now.toISOString().slice(0, 10);
  const submission = listRecent(world, today).find((candidate) => candidate.id === id);
  const item = submission && renderItem(world, submission, now);
  if (!item) return { status: 404, body: { error: "Paper not found" }, headers: {} };
  return {
    status: 200,
    body: { ...item.paper, linkedModels: [], linkedDatasets: [], linkedSpaces: [] },
    headers: {},
  };
}

function renderItem(world: World, submission: HubSubmission, now: Date) {
  const paper = world.findPaper(submission.id)!;
  const view = viewPaper(world, paper, world.batches.length - 1)!;
  const grown = shareGrown(submission.day, now);
  if (grown === 0) return null;
  const publishedAt = midnight(view.versions[0]!.submittedAt);
  const text = { title: view.latest.title, summary: view.latest.abstract };
  return {
    paper: { ...renderPaper(view, submission, grown), publishedAt: publishedAt.toISOString(), ...text },
    // As measured: the server's local time, taken for UTC.
    publishedAt: new Date(publishedAt.getTime() - easternOffset(publishedAt) * 3_600_000).toISOString(),
    ...text,
    thumbnail: `https://cdn.example/social-thumbnails/papers/${view.id}.png`,
    numComments: Math.floor(submission.comments * grown),
    submittedBy: renderSubmitter(submission.submitter),
    ...(submission.organisation && { organization: renderOrganisation(submission.organisation) }),
    isAuthorParticipating: false,
  };
}

function midnight(instant: Date): Date {
  return new Date(Math.floor(instant.getTime() / dayMs) * dayMs);
}

function renderPaper(view: PaperView, submission: HubSubmission, grown: number) {
  const { repository, stars, organisation } = submission;
  return {
    id: view.id,
    authors: view.authors.map((author, i) => ({
      _id: objectId(view.id, i),
      name: displayName(author),
      hidden: false,
    })),
    submittedOnDailyAt: `${submission.day}T00:00:00.000Z`,
    submittedOnDailyBy: renderUser(submission.submitter),
    upvotes: Math.floor(submission.votes * grown),
    discussionId: objectId(view.id, "discussion"),
    ...(repository && {
      githubRepo: repository,
      githubRepoAddedBy: "user",
      githubStars: Math.floor(stars * grown),
    }),
    ...(organisation && { organization: renderOrganisation(organisation) }),
  };
}

function renderUser(name: string) {
  const avatarUrl = `/avatars/${name}.svg`;
  return { _id: objectId(name, 0), avatarUrl, isPro: false, fullname: name, user: name, type: "user", name };
}

/** The same as the outer object shows it. */
function renderSubmitter(name: string) {
  const { user: _user, ...shown } = renderUser(name);
  return { ...shown, isHf: false, isHfAdmin: false, isMod: false, isUserFollowing: false };
}

function renderOrganisation(name: string) {
  return {
    _id: objectId(name, 1),
    name,
    fullname: name.replaceAll("-", " "),
    avatar: `/avatars/${name}.png`,
  };
}

/** 24 hexadecimal digits. */
function objectId(...keys: (string | number)[]): string {
  const random = createRandom("object-id", ...keys);
  return Array.from({ length: 24 }, () => random.below(16).toString(16)).join("");
}
