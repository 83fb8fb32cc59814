// Escaping, as the archive's templates do it, and its forms of dates.

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&#34;",
  "'": "&#39;",
};

/** For pages and OAI-PMH. */
export function escapeMarkup(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character]!);
}

/** For feeds: quotation marks stay. */
export function escapeText(text: string): string {
  return text.replace(/[&<>]/g, (character) => entities[character]!);
}

const days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const months = [
  ..."January February March April May June July August September October November December".split(" "),
];

const two = (number: number) => String(number).padStart(2, "0");

/** "Wednesday, 12 August 2026" */
export function formatLongDay(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  return `${days[date.getUTCDay()]}, ${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** "Wed, 12 Aug 2026 14:03:02" of the UTC clock; the zone follows. */
export function formatRfc822(instant: Date): string {
  const day = `${days[instant.getUTCDay()]!.slice(0, 3)}, ${two(instant.getUTCDate())}`;
  const month = `${months[instant.getUTCMonth()]!.slice(0, 3)} ${instant.getUTCFullYear()}`;
  return `${day} ${month} ${instant.toISOString().slice(11, 19)}`;
}

/** "2026-08-12T14:03:02Z" */
export function formatSeconds(instant: Date): string {
  return `${instant.toISOString().slice(0, 19)}Z`;
}
