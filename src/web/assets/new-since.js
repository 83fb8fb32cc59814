// Marks what entered the page since the reader's last visit, kept in this browser only. Without it nothing is lost.
const visits = "broadsheet-visits";
// A visit lasts until an hour passes without a page; reloading does not make everything old.
const visitMs = 60 * 60 * 1000;

function readVisits() {
  try {
    return JSON.parse(localStorage.getItem(visits)) ?? {};
  } catch {
    return {};
  }
}

function recordVisit(now) {
  const { last = null, since = null } = readVisits();
  const began = last !== null && now - last > visitMs ? last : since;
  try {
    localStorage.setItem(visits, JSON.stringify({ last: now, since: began }));
  } catch {
    // Storage is full or forbidden: nothing is new, nothing breaks.
  }
  return began;
}

function markNew(item) {
  item.classList.add("is-new");
  const word = document.createElement("em");
  word.className = "new-word";
  word.textContent = "new";
  (item.querySelector(".margin") ?? item.querySelector(".line-title")).append(" ", word);
}

const since = recordVisit(Date.now());
if (since !== null) {
  const entered = [...document.querySelectorAll("[data-entered]")];
  const fresh = entered.filter((item) => Date.parse(item.dataset.entered) > since);
  fresh.forEach(markNew);
  const news = document.getElementById("news");
  if (news && fresh.length > 0) {
    const link = document.createElement("a");
    link.href = `#${fresh[0].id}`;
    link.textContent = `${fresh.length} new since your last visit`;
    news.append(link);
  }
}

// The key / leads to the search field, wherever nothing is being typed.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
  event.preventDefault();
  const field = document.getElementById("q");
  if (field) field.select();
  else location.assign("/papers");
});

// The subscription form: the reader's own zone is chosen beforehand where the browser knows it.
const zone = document.querySelector('select[name="zone"]');
const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone?.value === "UTC" && [...zone.options].some((option) => option.value === ownZone))
  zone.value = ownZone;

// The first page: nobody is asked for a zone that the browser knows; the list folds away and can be opened.
const zoneChoice = document.querySelector("details.zone");
if (zoneChoice && !zoneChoice.querySelector(".error")) {
  const known = zoneChoice.dataset.guess && [...zone.options].some((option) => option.value === ownZone);
  if (known) zone.value = ownZone;
  const showZone = () => {
    zoneChoice.querySelector("[data-zone]").textContent = zone.value.replaceAll("_", " ");
  };
  showZone();
  zone.addEventListener("change", showZone);
  zoneChoice.open = false;
}

// The page of the first harvest: looks again, and changes only what changed, so that no reader loses their place.
const progress = document.getElementById("progress");
const partsOf = (root) => [...root.querySelectorAll("[data-live]")];

function takeOver(old, fresh) {
  if (old.role === "status") old.textContent = fresh.textContent;
  else if (!old.contains(document.activeElement)) old.replaceWith(fresh);
}

async function lookAgain(shown, ms) {
  await new Promise((resolve) => setTimeout(resolve, ms));
  const text = await fetch(location.href).then(
    (answer) => answer.text(),
    () => "",
  );
  const next = new DOMParser().parseFromString(text, "text/html").getElementById("progress");
  const fresh = next ? partsOf(next).map((part) => part.outerHTML) : shown;
  if (next) {
    const parts = partsOf(next);
    partsOf(progress).forEach((part, i) => {
      if (parts[i] && fresh[i] !== shown[i]) takeOver(part, parts[i]);
    });
  }
  if (!next || next.dataset.lookAgain) await lookAgain(fresh, ms);
}

if (progress?.dataset.lookAgain)
  lookAgain(
    partsOf(progress).map((part) => part.outerHTML),
    progress.dataset.lookAgain * 1000,
  );

// The last editions can be read without a network.
navigator.serviceWorker?.register("/offline-worker.js").catch(() => {});
