// Texts: how they are compared, found and marked.

// Returns text without distinctions of case and of equivalent characters.
function fold(text) {
  return text.normalize("NFKC").toLowerCase();
}

// Returns the letters and digits of a text.
function words(text) {
  return text.replace(/[^\p{L}\p{N}]/gu, "");
}

// Returns whether a text starts as a response body does.
function isBody(text) {
  return /^\s*[[{]/.test(text);
}

// Returns a text and, if it is JSON, the values in it, without their escapes.
function values(text) {
  const found = [text];
  try {
    JSON.parse(text, (_, value) => {
      if (typeof value !== "object") found.push(value);
    });
  } catch {
    // It is another text, or is truncated.
  }
  return found.join("\n");
}

// Returns whether a text contains a name that is not part of a longer one.
function occurs(name, text) {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const end = at + name.length;
    const isPart = /[\p{L}\p{N}_.-]/u.test(text.charAt(at - 1)) || /^[.-]?[\p{L}\p{N}_]/u.test(text.slice(end, end + 2));
    if (!isPart) return true;
  }
  return false;
}

// Returns how many characters must be inserted, deleted or replaced, or more than a limit.
function distance(a, b, limit) {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const next = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = last[column - 1] + (a[row - 1] !== b[column - 1]);
      next.push(Math.min(last[column] + 1, next[column - 1] + 1, replaced));
    }
    last = next;
  }
  return last[b.length];
}

// Marks what matches in an element, also across its children. Returns whether anything does.
function markIn(element, pattern) {
  const hits = [...element.textContent.matchAll(pattern)].reverse();
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (hits.length && walker.nextNode()) nodes.push(walker.currentNode);
  let start = 0;
  for (const node of nodes) {
    const { length } = node;
    for (const { index, 0: hit } of hits) {
      const from = Math.max(index - start, 0);
      const to = Math.min(index + hit.length - start, length);
      if (from >= to) continue;
      const part = node.splitText(from);
      part.splitText(to - from);
      const found = document.createElement("mark");
      part.replaceWith(found);
      found.append(part);
    }
    start += length;
  }
  return hits.length > 0;
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

