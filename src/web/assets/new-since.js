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

// The subscription form: the reader's own zone is chosen beforehand where the browser knows it.
const zone = document.querySelector('select[name="zone"]');
const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone?.value === "UTC" && [...zone.options].some((option) => option.value === ownZone))
  zone.value = ownZone;
