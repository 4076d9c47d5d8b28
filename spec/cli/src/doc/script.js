// Filters the rows of the page. All rows are in the document, so that it can be read without this.

const form = document.querySelector("form");
const search = form.elements.q;
const selects = [...form.querySelectorAll("select")];
const toggle = document.querySelector(".toggle");
const count = document.querySelector(".count");
const copied = document.querySelector(".copied");
const main = document.querySelector("main");
const none = document.querySelector(".none");
const near = document.querySelector(".near");
const tables = document.querySelector(".tables");
const rows = [...document.querySelectorAll("article")].map((element) => {
  const finds = [...element.querySelectorAll("[data-find]")];
  const names = [...element.querySelectorAll(":is(h3, .names) code")].map((name) => name.textContent);
  // A variant is the code without punctuation, or is in the row.
  const text = fold([...finds.map((found) => found.textContent), words(names[0])].join("\n"));
  return { element, finds, names, text };
});
let marked = [];

// Returns a word without the punctuation around it, `token.expired` for `token.expired:`, unless a
// row contains the punctuation, too.
function bare(word) {
  const isFound = rows.some(({ text }) => text.includes(word));
  return isFound ? word : word.replace(/^[\p{P}\p{S}]+|[\p{P}\p{S}]+$/gu, "");
}

// Returns the rows of a search, each with the texts to mark in it.
function find(text) {
  const searched = () => {
    const words = fold(text).split(/\s+/).map(bare).filter(Boolean);
    return rows.filter((row) => words.every((word) => row.text.includes(word))).map((row) => [row, words]);
  };
  const pasted = () => {
    const within = values(text);
    const found = rows.map((row) => [row, row.names.filter((name) => occurs(name, within))]);
    return found.filter(([, names]) => names.length);
  };
  for (const rowsWith of isBody(text) ? [pasted, searched] : [searched, pasted]) {
    const found = rowsWith();
    if (found.length) return new Map(found);
  }
  return new Map();
}

// Shows the rows that contain all words, or occur in the text, and have the selected values.
function filter() {
  const isSearched = search.value.trim() !== "";
  const found = isSearched ? find(search.value) : null;
  const selected = selects.filter((select) => select.value);
  const shown = rows.filter((row) => {
    const matches =
      (!found || found.has(row)) &&
      selected.every(({ name, value }) => row.element.dataset[name].split("\n").includes(value));
    row.element.hidden = !matches;
    return matches;
  });
  // More marks would take longer than a key press.
  mark(found ? shown.slice(0, 300) : [], found);
  none.hidden = shown.length > 0 || rows.length === 0;
  suggest(found?.size === 0 ? search.value : "");
  const all = `${rows.length} ${rows.length === 1 ? "code" : "codes"}`;
  count.textContent = shown.length === rows.length ? all : `${shown.length} of ${all}`;
  if (tables) tables.hidden = isSearched || selected.length > 0;
  if (toggle) toggle.textContent = selected.length ? `Filters (${selected.length})` : "Filters";
}

// Marks the texts in rows.
function mark(shown, texts) {
  for (const element of marked) {
    for (const found of element.querySelectorAll("mark")) found.replaceWith(...found.childNodes);
    element.normalize();
  }
  marked = [];
  for (const row of shown) {
    if (texts.get(row).length === 0) continue;
    const escaped = texts.get(row).map((text) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&"));
    const pattern = new RegExp(escaped.join("|"), "giu");
    for (const element of row.finds) if (markIn(element, pattern)) marked.push(element);
  }
}

// Proposes the codes that are nearest to a text. A code may be without its first segments.
function suggest(text) {
  const typed = words(fold(text));
  const limit = typed.length > 100 ? -1 : Math.floor(typed.length / 3);
  const candidates = rows.flatMap(({ names }) =>
    names.map((name) => {
      const segments = fold(name).split(".").map(words);
      const ends = segments.map((_, first) => segments.slice(first).join(""));
      return { name, edits: Math.min(...ends.map((end) => distance(typed, end, limit))) };
    }),
  );
  const sorted = candidates.filter(({ edits }) => edits <= limit && typed).sort((a, b) => a.edits - b.edits);
  const names = [...new Set(sorted.map(({ name }) => name))].slice(0, 3);
  near.hidden = names.length === 0;
  near.replaceChildren(names.length ? "Did you mean " : "");
  for (const name of names) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = name;
    button.addEventListener("click", () => {
      clear(name);
      search.focus();
    });
    near.append(button);
  }
}

// Writes the filters to the address, so that a link to the page keeps them. A body is left out: it
// is long, and may be confidential.
function store() {
  const address = new URL(location);
  const kept = [...new FormData(form)].filter(([, value]) => value && !isBody(value) && value.length < 200);
  address.search = new URLSearchParams(kept);
  history.replaceState(null, "", address);
}

function restore() {
  for (const [name, value] of new URLSearchParams(location.search)) {
    const control = [search, ...selects].find((control) => control.name === name);
    if (control) control.value = value;
  }
  for (const select of selects) select.selectedIndex = Math.max(select.selectedIndex, 0);
}

function clear(text = "") {
  form.reset();
  search.value = text;
  update();
}

function update() {
  filter();
  store();
}

// Shows the row of the address, `#Upload.TooFast`, also if the filters exclude it.
function showTarget() {
  const id = location.hash.slice(1);
  const element = document.getElementById(id) ?? document.getElementById(encode(decode(id)));
  const row = element?.closest("article");
  filter();
  if (!row) return showUnknown(decode(id));
  if (row.hidden) clear();
  // The browser would scroll to an alias, and not to the top of its row.
  if (row.id !== id) location.replace(`#${row.id}`);
  else row.scrollIntoView();
}

// Rows of the list of tables have no ids, and no links.
function showUnknown(code) {
  if (!code || !document.querySelector("article[id]")) return;
  count.textContent += `. No code \`${code.replace(/\p{C}/gu, "\ufffd")}\` in this table`;
  suggest(code);
}

async function copy(button) {
  const row = button.closest("article");
  const label = button.firstChild;
  try {
    await navigator.clipboard.writeText(decodeURIComponent(row.id));
    label.data = "Copied";
  } catch {
    // Without permission, the user copies the selected code.
    getSelection().selectAllChildren(row.querySelector("h3 code"));
    label.data = "Selected";
  }
  copied.textContent = button.textContent;
  setTimeout(() => (label.data = "Copy"), 2000);
}

// Tells the style sheet the height of the controls, which must not cover the target of a link.
function measure() {
  document.documentElement.style.setProperty("--controls", `${form.offsetHeight}px`);
}

form.addEventListener("input", () => {
  update();
  // The first hit, also if the page was scrolled.
  if (main.getBoundingClientRect().top < 0) main.scrollIntoView();
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  rows.find(({ element }) => !element.hidden)?.element.querySelector("a").focus();
});
toggle?.addEventListener("click", () => {
  toggle.setAttribute("aria-expanded", toggle.getAttribute("aria-expanded") !== "true");
});
for (const button of document.querySelectorAll(".clear")) {
  button.addEventListener("click", () => {
    clear();
    search.focus();
  });
}
main.addEventListener("click", ({ target }) => {
  const button = target.closest(".copy");
  if (button) copy(button);
});
document.addEventListener("keydown", (event) => {
  const isTyping = event.target.matches("input, select") || event.ctrlKey || event.metaKey || event.altKey;
  if (event.key !== "/" || isTyping) return;
  event.preventDefault();
  search.select();
});
addEventListener("hashchange", showTarget);

document.documentElement.classList.add("script");
restore();
measure();
new ResizeObserver(measure).observe(form);
showTarget();
