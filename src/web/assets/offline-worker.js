// Shows the last editions without a network. Pages that are somebody's own are never kept: those answers forbid it.
// `kept`, the files of this version, is written before this by the server.
const fixed = `broadsheet-${kept.join()}`;
const editions = "broadsheet-editions";
const mostEditions = 14;

const isEdition = (url) => url.pathname === "/" || /^\/papers\/(date|week|month)\/[^/]+$/.test(url.pathname);
const mayBeKept = (answer) =>
  answer.ok && !answer.redirected && !/private|no-store/.test(answer.headers.get("Cache-Control") ?? "");

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(fixed)
      .then((cache) => cache.addAll(kept))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  const forget = async () => {
    for (const name of await caches.keys())
      if (name.startsWith("broadsheet-") && name !== fixed && name !== editions) await caches.delete(name);
    await self.clients.claim();
  };
  event.waitUntil(forget());
});

async function keepEdition(request, answer) {
  const cache = await caches.open(editions);
  // Deleted first, so that the order of the keys is the order of the visits.
  await cache.delete(request);
  await cache.put(request, answer);
  const keys = await cache.keys();
  for (const key of keys.slice(0, Math.max(0, keys.length - mostEditions))) await cache.delete(key);
}

async function answerPage(event, url) {
  try {
    const answer = await fetch(event.request);
    if (isEdition(url) && mayBeKept(answer)) event.waitUntil(keepEdition(event.request, answer.clone()));
    return answer;
  } catch {
    const found =
      isEdition(url) && (await caches.match(event.request, { ignoreSearch: false, ignoreVary: true }));
    return found || (await caches.match("/offline"));
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(answerPage(event, url));
  else if (kept.includes(url.pathname))
    event.respondWith(caches.match(request).then((found) => found ?? fetch(request)));
});
