// Marks without leaving the page, and by keys: j and k go from paper to paper; on a paper s saves, m and l ask for more and less
// like it, x hides it, u undoes. Without this script every button sends its form.
const form = document.getElementById("marks");
const said = document.getElementById("said");
const controls = [...document.querySelectorAll(".keep")];
const paperOf = (control) => control.closest("article, li");
const keys = { s: "save", m: "more", l: "less", x: "hide" };

function showMarks({ paper, kinds, state }) {
  for (const control of controls.filter((each) => each.dataset.paper === paper)) {
    control.querySelector(".keep-state").textContent = state || "mark";
    for (const button of control.querySelectorAll("button")) {
      const kind = button.value.split(" ")[0].replace(/^un/, "");
      const has = kinds.includes(kind);
      button.value = `${has ? "un" : ""}${kind} ${paper}`;
      button.setAttribute("aria-pressed", has);
    }
  }
}

function say(text, undo) {
  const words = document.createElement("span");
  words.textContent = text;
  const button = document.createElement("button");
  Object.assign(button, { type: "submit", name: "do", value: undo, textContent: "Undo" });
  button.setAttribute("form", "marks");
  said.replaceChildren(words, " ", ...(undo ? [button] : []));
}

async function send(act) {
  const body = new URLSearchParams(new FormData(form));
  body.set("do", act);
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
    });
    if (!answer.ok) throw new Error(`${answer.status}`);
    const done = await answer.json();
    showMarks(done);
    say(done.text, done.undo);
  } catch {
    say("That did not reach the server; nothing was marked.", "");
  }
}

form?.addEventListener("submit", (event) => {
  if (!event.submitter) return;
  event.preventDefault();
  const undoing = said.contains(event.submitter);
  const control = event.submitter.closest(".keep");
  send(event.submitter.value).then(() => {
    if (control) {
      control.open = false;
      control.querySelector("summary").focus();
    } else if (undoing) said.querySelector("button")?.focus();
  });
});

function go(step) {
  const at = controls.findIndex((control) => paperOf(control)?.contains(document.activeElement));
  const first = step > 0 ? 0 : controls.length - 1;
  const next = controls[at < 0 ? first : Math.min(controls.length - 1, Math.max(0, at + step))];
  const link = next && paperOf(next)?.querySelector(".headline a, .line-title a, .entry-title a");
  link?.focus();
  link?.scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
  if (event.key === "j" || event.key === "k") return go(event.key === "j" ? 1 : -1);
  if (event.key === "u") return said.querySelector("button")?.click();
  const kind = keys[event.key];
  const here = kind && controls.find((control) => paperOf(control)?.contains(document.activeElement));
  if (here) send([...here.querySelectorAll("button")].find(({ value }) => value.includes(`${kind} `)).value);
});

// One list of buttons at a time; Escape closes it.
document.addEventListener(
  "toggle",
  ({ target, newState }) => {
    if (newState === "open" && target.matches?.(".keep"))
      for (const other of controls) if (other !== target) other.open = false;
  },
  true,
);
document.addEventListener("keydown", ({ key }) => {
  const open = key === "Escape" && controls.find((control) => control.open);
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});
