// Filters the rows of the page. All rows are in the document, so that it can be read without this.

const form = document.querySelector("form");
const search = form.elements.q;
const selects = [...form.querySelectorAll("select")];
const count = document.querySelector(".count");
const copied = document.querySelector(".copied");
const none = document.querySelector(".none");
const rows = [...document.querySelectorAll("article")].map((element) => ({
  element,
  text: fold([...element.querySelectorAll("[data-find]")].map((found) => found.textContent).join("\n")),
}));

// Returns text without distinctions of case and of equivalent characters.
function fold(text) {
  return text.normalize("NFKC").toLowerCase();
}

// Returns a word without the punctuation around it, `token.expired` for `token.expired:`, unless a
// row contains the punctuation, too.
function bare(word) {
  const isFound = rows.some(({ text }) => text.includes(word));
  return isFound ? word : word.replace(/^[\p{P}\p{S}]+|[\p{P}\p{S}]+$/gu, "");
}

// Shows the rows that contain all words and have the selected values.
function filter() {
  const words = fold(search.value).split(/\s+/).map(bare);
  const selected = selects.filter((select) => select.value);
  let shown = 0;
  for (const { element, text } of rows) {
    const matches =
      words.every((word) => text.includes(word)) &&
      selected.every(({ name, value }) => element.dataset[name].split("\n").includes(value));
    element.hidden = !matches;
    shown += matches;
  }
  none.hidden = shown > 0 || rows.length === 0;
  const all = `${rows.length} ${rows.length === 1 ? "code" : "codes"}`;
  count.textContent = shown === rows.length ? all : `${shown} of ${all}`;
}

// Writes the filters to the address, so that a link to the page keeps them.
function store() {
  const address = new URL(location);
  address.search = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  history.replaceState(null, "", address);
}

function restore() {
  for (const [name, value] of new URLSearchParams(location.search)) {
    const control = [search, ...selects].find((control) => control.name === name);
    if (control) control.value = value;
  }
  for (const select of selects) select.selectedIndex = Math.max(select.selectedIndex, 0);
}

function clear() {
  form.reset();
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
}

// Decodes what can be decoded: a user may type `#100% done` or `#100%25%20done`.
function decode(id) {
  return id.replace(/(%[0-9a-f]{2})+/gi, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      return escapes;
    }
  });
}

// Returns the id of a code, as `errtable` writes it.
function encode(code) {
  const percent = (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(code).replace(/[~!*'()]|\.$/g, percent);
}

async function copy(button) {
  const row = button.closest("article");
  const label = button.firstChild;
  try {
    await navigator.clipboard.writeText(decodeURIComponent(row.id));
    label.data = "Copied";
  } catch {
    // Without permission, the user copies the selected code.
    getSelection().selectAllChildren(row.querySelector("h2 code"));
    label.data = "Selected";
  }
  copied.textContent = button.textContent;
  setTimeout(() => (label.data = "Copy"), 2000);
}

form.addEventListener("input", update);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  rows.find(({ element }) => !element.hidden)?.element.querySelector("a").focus();
});
for (const button of document.querySelectorAll(".clear")) {
  button.addEventListener("click", () => {
    clear();
    search.focus();
  });
}
document.querySelector("main").addEventListener("click", ({ target }) => {
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
showTarget();
