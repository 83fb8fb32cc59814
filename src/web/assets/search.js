// Suggestions below the search field: a combobox with a list, as the ARIA Authoring Practices describe it. Without this script
// the form searches all the same.
const field = document.getElementById("q");
const waitMs = 80;
const kinds = { title: "paper", author: "author", concept: "subject" };

const list = document.createElement("ul");
list.id = "suggestions";
list.className = "suggestions";
list.setAttribute("role", "listbox");
list.setAttribute("aria-label", "Suggestions");
list.hidden = true;
const told = document.createElement("p");
told.className = "unseen";
told.setAttribute("role", "status");
field.parentElement.append(list);
field.form.append(told);

// A search field may not be a combobox; a text field may.
field.type = "text";
field.setAttribute("role", "combobox");
field.setAttribute("aria-autocomplete", "list");
field.setAttribute("aria-controls", list.id);
field.setAttribute("aria-expanded", "false");

const known = new Map();
let active = -1;
let waiting = 0;
let asked = null;

async function ask(typed) {
  if (known.has(typed)) return known.get(typed);
  asked?.abort();
  asked = new AbortController();
  const response = await fetch(`${field.dataset.suggest}?q=${encodeURIComponent(typed)}`, {
    signal: asked.signal,
  });
  if (!response.ok) return [];
  const { suggestions } = await response.json();
  // While the tables are being made the answer may be empty: that is not kept.
  if (suggestions.length > 0) known.set(typed, suggestions);
  return suggestions;
}

async function suggest() {
  const typed = field.value.trimStart().toLowerCase();
  if (typed.trim().length < 2) return close();
  try {
    const suggestions = await ask(typed);
    if (typed === field.value.trimStart().toLowerCase() && document.activeElement === field)
      show(suggestions);
  } catch {
    // Given up for a newer one, or no network: the form still searches.
  }
}

function show(suggestions) {
  list.replaceChildren(...suggestions.map(optionOf));
  list.scrollTop = 0;
  active = -1;
  field.removeAttribute("aria-activedescendant");
  setOpen(suggestions.length > 0);
  const number = suggestions.length;
  told.textContent =
    number === 0 ? "No suggestions" : `${number} ${number === 1 ? "suggestion" : "suggestions"}`;
}

function optionOf({ kind, text, href, papers }, i) {
  const option = document.createElement("li");
  option.id = `suggestion-${i}`;
  option.setAttribute("role", "option");
  option.setAttribute("aria-selected", "false");
  option.dataset.href = href;
  const words = document.createElement("span");
  words.dir = "auto";
  words.textContent = text;
  const note = document.createElement("small");
  note.textContent = papers > 1 ? `${kinds[kind]}, ${papers.toLocaleString("en-US")} papers` : kinds[kind];
  option.append(words, " ", note);
  return option;
}

function setOpen(open) {
  list.hidden = !open;
  field.setAttribute("aria-expanded", String(open));
}

function close() {
  clearTimeout(waiting);
  asked?.abort();
  active = -1;
  field.removeAttribute("aria-activedescendant");
  setOpen(false);
  told.textContent = "";
}

function move(step) {
  const options = [...list.children];
  // Beyond either end the field itself is active again.
  active = ((active + 1 + step + options.length + 1) % (options.length + 1)) - 1;
  for (const [i, option] of options.entries()) option.setAttribute("aria-selected", String(i === active));
  if (active < 0) field.removeAttribute("aria-activedescendant");
  else {
    field.setAttribute("aria-activedescendant", options[active].id);
    options[active].scrollIntoView({ block: "nearest" });
  }
}

function go(option) {
  close();
  location.assign(option.dataset.href);
}

field.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(suggest, waitMs);
});
field.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey) return;
  if (event.key === "Escape") {
    if (list.hidden) field.value = "";
    close();
    event.preventDefault();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (list.hidden) suggest();
    else move(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Enter" && active >= 0) {
    event.preventDefault();
    go(list.children[active]);
  }
});
field.addEventListener("blur", close);
// Pressing must not take the focus away, or the list closes before the click.
list.addEventListener("pointerdown", (event) => event.preventDefault());
list.addEventListener("click", (event) => {
  const option = event.target.closest("[role=option]");
  if (option) go(option);
});
