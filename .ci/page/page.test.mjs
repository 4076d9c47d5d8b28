// Uses the pages of `errtable doc` in a browser: `cls.html`, `odd.html` and `index.html` in `PAGES`.
// `SCREENSHOTS` is a directory for images.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { HtmlValidate } from "html-validate";
import { chromium } from "playwright-core";

const { PAGES, CHROMIUM, SCREENSHOTS } = process.env;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const address = (path) => new URL(path, `${pathToFileURL(PAGES)}/`).href;
const odd = JSON.parse(readFileSync(`${PAGES}/odd.json`));
let browser;

before(async () => {
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
});
after(() => browser.close());

// Runs `use` with a page. Anything that the page loads, logs or asks is an error.
function pageTest(name, path, use, options = {}) {
  test(name, async () => {
    const context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"], ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(5000);
    const events = [];
    const requests = [];
    page.on("console", (message) => events.push(message.text()));
    page.on("pageerror", (error) => events.push(error.message));
    page.on("dialog", (dialog) => events.push(dialog.message()) && dialog.dismiss());
    page.on("request", (request) => requests.push(request.url()));
    try {
      await page.goto(address(path));
      await use(page);
      assert.deepEqual(events, []);
      const files = requests.filter((url) => !url.startsWith("data:"));
      assert.ok(files.every((url) => /^file:.*\.html/.test(url)), files.join("\n"));
    } finally {
      await context.close();
    }
  });
}

const codes = (page) => page.locator("article:visible h3 code").allTextContents();
const count = (page) => page.locator(".count").textContent();
const focused = (page) => page.evaluate(() => document.activeElement.textContent || document.activeElement.name);
const marks = (page) => page.locator("mark").allTextContents();
const clipboard = (page) => page.evaluate(() => navigator.clipboard.readText());
const isInView = (page, code) => page.evaluate((id) => {
  const { top, bottom } = document.getElementById(id).getBoundingClientRect();
  const controls = document.querySelector(".controls").getBoundingClientRect();
  return top >= controls.bottom - 1 && bottom <= innerHeight;
}, code);

pageTest("search finds codes, descriptions and aliases with all words", "cls.html", async (page) => {
  assert.equal(await count(page), "132 codes");
  await page.fill("input", "signatureEXPIRE");
  assert.deepEqual(await codes(page), ["AuthFailure.SignatureExpire"]);
  assert.equal(await count(page), "1 of 132 codes");
  await page.fill("input", "  expired   signature ");
  assert.deepEqual(await codes(page), ["AuthFailure.SignatureExpire"]);
  await page.fill("input", "signature no-such-word");
  assert.deepEqual(await codes(page), []);
  await page.getByRole("button", { name: "Show all codes" }).click();
  assert.equal(await count(page), "132 codes");
  await page.goto(address("odd.html"));
  for (const [words, found] of [
    ["%41", "100% done"],
    ["throttled", "签名.过期"],
    ["retry: throttled", "签名.过期"],
    ["wait 1500 ms", "签名.过期"],
    ["no heading", "Order.Closed"],
    ["deprecated", "A"],
    ["see [100%]", "A"],
  ]) {
    await page.fill("input", words);
    assert.deepEqual(await codes(page), [found], words);
  }
});

pageTest("search ignores punctuation around words", "cls.html", async (page) => {
  for (const words of ["AuthFailure.SignatureExpire: expired", "(AuthFailure.SignatureExpire).", "“signatureexpire”,"]) {
    await page.fill("input", words);
    assert.deepEqual(await codes(page), ["AuthFailure.SignatureExpire"], words);
  }
  await page.goto(address("odd.html"));
  await page.fill("input", "order.closed.");
  assert.deepEqual(await codes(page), ["Order.Closed."]);
});

pageTest("link to an unknown code has a message", "cls.html#No.%3Cb%3ESuch%E2%80%AE", async (page) => {
  const message = "132 codes. No code `No.<b>Such�` in this table";
  assert.equal(await page.getByRole("status").first().textContent(), message);
  await page.evaluate(() => (location.hash = "InternalError"));
  await page.locator("article:target").waitFor();
  assert.equal(await count(page), "132 codes");
  await page.goto(address("index.html#No.Such"));
  assert.doesNotMatch(await count(page), /No code/);
});

pageTest("filters are combined, kept in the address, and cleared", "cls.html", async (page) => {
  const rows = JSON.parse(readFileSync(`${PAGES}/cls.json`)).errors;
  const tables = ["cls", ...new Set(rows.map((row) => row.table).filter((table) => table !== "cls"))];
  const expected = (is) => tables.flatMap((table) => rows.filter((row) => row.table === table && is(row))).map((row) => row.code);
  for (const name of ["retry", "fault", "table"]) {
    const value = rows[rows.length - 20][name];
    await page.getByLabel(name).selectOption(value);
    assert.deepEqual(await codes(page), expected((row) => row[name] === value), name);
    await page.getByRole("button", { name: "Clear" }).click();
  }
  await page.getByLabel("family").selectOption("FailedOperation");
  await page.getByLabel("retry").selectOption("transient");
  const both = expected((row) => row.code.startsWith("FailedOperation") && row.retry === "transient");
  assert.ok(both.length > 1 && both.length < 20);
  assert.deepEqual(await codes(page), both);
  await page.reload();
  assert.deepEqual(await codes(page), both);
  await page.getByRole("button", { name: "Clear" }).click();
  assert.equal((await codes(page)).length, rows.length);
  assert.equal(new URL(page.url()).search, "");
});

pageTest("deep link shows and highlights the row", "cls.html#AuthFailure.SignatureExpire", async (page) => {
  const row = page.locator("article:target");
  assert.equal(await row.locator("h3").textContent(), "AuthFailure.SignatureExpire");
  assert.ok(await isInView(page, "AuthFailure.SignatureExpire"));
  const color = (locator) => locator.evaluate((element) => getComputedStyle(element).backgroundColor);
  assert.notEqual(await color(row), await color(page.locator("article").first()));
});

pageTest("deep link takes precedence over filters", "cls.html?retry=never#InternalError", async (page) => {
  assert.ok(await isInView(page, "InternalError"));
  assert.equal(await count(page), "132 codes");
});

for (const { code } of odd.errors) {
  pageTest(`link and copy of ${code}`, "odd.html", async (page) => {
    const link = page.getByRole("link", { name: code, exact: true });
    await link.click();
    assert.equal(await page.locator("article:target h3").textContent(), code);
    // The link, as a user types it, and as other programs encode it.
    for (const hash of [code, encodeURIComponent(code)]) {
      await page.goto("about:blank");
      await page.goto(`${address("odd.html")}#${hash}`);
      await page.locator("article:target").waitFor();
      assert.equal(await page.locator("article:target h3").textContent(), code, hash);
    }
    await page.getByRole("button", { name: `Copy ${code}`, exact: true }).click();
    await page.getByText(`Copied ${code}`, { exact: true }).first().waitFor();
    assert.equal(await clipboard(page), code);
  });
}

const narrow = { viewport: { width: 400, height: 500 } };
pageTest("deep link to an alias shows and highlights its row", "odd.html#%2541", async (page) => {
  await page.waitForLoadState();
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  assert.equal(await page.locator("article:target h3").textContent(), "100% done");
  assert.ok(await isInView(page, "100%25%20done"));
}, narrow);

pageTest("keyboard alone reaches all controls", "cls.html", async (page) => {
  await page.keyboard.press("/");
  assert.equal(await focused(page), "q");
  await page.keyboard.type("signature expire");
  for (const name of ["family", "retry", "fault", "table"]) {
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.name), name);
  }
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "Clear");
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "AuthFailure.SignatureExpire");
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  assert.equal(outline, "solid");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByText("Copied AuthFailure.SignatureExpire").first().waitFor();
  assert.equal(await clipboard(page), "AuthFailure.SignatureExpire");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await page.locator("article:target").waitFor();
  await page.keyboard.press("/");
  await page.keyboard.press("Enter");
  assert.equal(await focused(page), "AuthFailure.SignatureExpire");
  await page.getByRole("button", { name: "Clear" }).press("Enter");
  assert.equal(await focused(page), "q");
  assert.equal(await count(page), "132 codes");
});

pageTest("without permission, copy selects the code", "odd.html", async (page) => {
  await page.evaluate(() => delete Navigator.prototype.clipboard);
  await page.locator(".copy").first().click();
  await page.getByText("Selected").first().waitFor();
  assert.equal(await page.evaluate(() => String(getSelection())), odd.errors[0].code);
});

pageTest("markup in texts is text", "odd.html", async (page) => {
  assert.deepEqual(await codes(page), odd.errors.map((row) => row.code));
  assert.equal(await page.locator("script").count(), 1);
  assert.equal(await page.locator("main :is(b, i, img, strong:not(.note strong, dd strong))").count(), 0);
  assert.equal(await page.locator("pre :is(b, i)").count(), 0);
  assert.match(await page.locator(".lead").textContent(), /^<script>alert\(1\)<\/script> & "more" \\u\{202e\}reversed$/);
});

pageTest("evidence has code, emphasis and links", "odd.html", async (page) => {
  const evidence = page.locator("[id=search] dd.text");
  for (const [name, text] of [["code", "a <b>"], ["em", "some"], ["strong", "more"], ["a", "RFC 9110"]]) {
    assert.deepEqual(await evidence.locator(name).allTextContents(), [text]);
  }
  assert.equal(await evidence.locator("a").getAttribute("href"), "https://example.com/?a=1&b=2");
  assert.match(await evidence.textContent(), /!\[image\]\(https:\/\/example.com\/x.png\) \[script\]\(javascript:alert\(4\)\) <i>/);
});

pageTest("response is a sample of the envelope", "cls.html", async (page) => {
  const error = { Code: "{code}", Message: "{message}" };
  const failure = { Response: { Error: error, RequestId: "{request_id}" } };
  assert.deepEqual(JSON.parse(await page.locator(".response > pre").textContent()), failure);
  const success = { Response: { RequestId: "{request_id}", "...": "{data}" } };
  await page.getByText("Success").click();
  assert.deepEqual(JSON.parse(await page.locator("details pre").textContent()), success);
  await page.goto(address("odd.html"));
  assert.match(await page.locator(".response").textContent(), /Headers: x-request-id: {request_id}, retry-after: {retry_after}/);
});

pageTest("controls are on one line", "cls.html", async (page) => {
  for (const width of [1280, 768]) {
    await page.setViewportSize({ width, height: 900 });
    const { height } = await page.locator(".controls").boundingBox();
    assert.ok(height < 60, `${width}: ${height} px`);
  }
  await page.goto(address(`cls.html#${"Unknown".repeat(20)}`));
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 768);
});

pageTest("rows are dense", "cls.html", async (page) => {
  await page.addStyleTag({ content: "article { content-visibility: visible !important; }" });
  const heights = await page.locator("article").evaluateAll((rows) => rows.map((row) => row.offsetHeight));
  const mean = heights.reduce((sum, height) => sum + height) / heights.length;
  assert.ok(mean < 68, `${mean} px`);
}, { viewport: { width: 1280, height: 900 } });

pageTest("own codes come before inherited ones", "cls.html", async (page) => {
  assert.deepEqual(await page.locator("main h2:visible").allTextContents(), ["Codes of cls", "Inherited from common", "Inherited from gateway"]);
  assert.equal(await page.locator("article").first().getAttribute("data-table"), "cls");
  await page.getByLabel("table").selectOption("gateway");
  assert.deepEqual(await page.locator("main h2:visible").allTextContents(), ["Inherited from gateway"]);
  await page.goto(address("common.html"));
  assert.deepEqual(await page.locator("main h2:visible").allTextContents(), ["Codes"]);
});

pageTest("variant is shown unless it follows from the code, and is always found", "cls.html", async (page) => {
  assert.equal(await page.getByText("variant:").count(), 0);
  await page.fill("input", "AuthFailureSignatureExpire");
  assert.deepEqual(await codes(page), ["AuthFailure.SignatureExpire"]);
  await page.goto(address("odd.html"));
  assert.equal(await page.locator("article").nth(2).getByText("variant: Percent").count(), 1);
  assert.equal(await page.locator("article").nth(3).getByText("variant:").count(), 0);
});

pageTest("hits are marked in code and meaning", "cls.html", async (page) => {
  await page.fill("input", "failure.signature EXPIRE");
  assert.deepEqual(await codes(page), ["AuthFailure.SignatureExpire"]);
  assert.equal(await page.locator("article:visible h3 mark").evaluateAll((all) => all.map((mark) => mark.textContent).join("")), "Failure.SignatureExpire");
  assert.deepEqual(await page.locator("article:visible .text mark").allTextContents(), ["expire"]);
  assert.equal(await page.locator("article:visible h3").textContent(), "AuthFailure.SignatureExpire");
  await page.fill("input", "(.*)+[");
  assert.deepEqual(await marks(page), []);
  await page.getByRole("button", { name: "Clear" }).click();
  assert.deepEqual(await marks(page), []);
  await page.goto(address("odd.html"));
  await page.fill("input", "<script>alert(1)");
  assert.deepEqual(await marks(page), ["<script>alert(1)"]);
});

pageTest("without a hit, the nearest codes are proposed", "cls.html", async (page) => {
  const proposed = () => page.locator(".near button").allTextContents();
  for (const text of ["AuthFailure.SignatureExpird", "signature-expird", "AUTH_FAILURE_SIGNTURE_EXPIRE"]) {
    await page.fill("input", text);
    assert.equal((await proposed())[0], "AuthFailure.SignatureExpire", text);
  }
  await page.locator(".near button").first().click();
  assert.deepEqual(await codes(page), ["AuthFailure.SignatureExpire"]);
  assert.equal(await focused(page), "q");
  for (const text of ["", "xyzzy plugh", "internal"]) {
    await page.fill("input", text);
    assert.deepEqual(await proposed(), [], text);
  }
  await page.goto(address("cls.html#InternalEror"));
  assert.equal((await proposed())[0], "InternalError");
});

pageTest("pasted response finds its code", "cls.html", async (page) => {
  const code = "AuthFailure.SignatureExpire";
  const body = { Response: { Error: { Code: code, Message: "The signature failed" }, RequestId: "0-AuthFailure" } };
  const paste = async (text) => {
    await page.fill("input", "");
    await page.evaluate((text) => navigator.clipboard.writeText(text), text);
    await page.keyboard.press("Control+V");
  };
  const json = JSON.stringify(body);
  for (const text of [json, JSON.stringify(body, null, 2), json.slice(0, 80), `request failed: ${code}. Giving up`, `error=${code}, id=7`]) {
    await paste(text);
    assert.deepEqual(await codes(page), [code], text);
    assert.equal((await marks(page)).join(""), code, text);
  }
  await paste(json);
  assert.equal(new URL(page.url()).search, "");
  await paste(JSON.stringify({ error: "InternalError and DryRunOperation" }));
  assert.deepEqual(await codes(page), ["DryRunOperation", "InternalError"]);
  await page.goto(address("odd.html"));
  await page.locator("input").focus();
  await paste(JSON.stringify({ code: `Quota "full" & 'done' <b>` }));
  assert.deepEqual(await codes(page), [`Quota "full" & 'done' <b>`]);
  await paste('{"code": "\\u7b7e\\u540d.\\u8fc7\\u671f"}');
  assert.deepEqual(await codes(page), ["签名.过期"]);
});

pageTest("search stays in view on a phone", "cls.html", async (page) => {
  for (const path of ["cls.html", "index.html"]) {
    await page.goto(address(path));
    await page.mouse.wheel(0, 4000);
    await page.waitForFunction(() => scrollY > 3000);
    const { y, height } = await page.locator(".controls").boundingBox();
    assert.ok(y === 0 && height < 80, `${path}: ${y}, ${height}`);
    assert.equal(await page.getByLabel("retry").isVisible(), false);
    await page.getByRole("button", { name: "Filters" }).click();
    await page.getByLabel("retry").selectOption("never");
    await page.getByRole("button", { name: "Filters (1)" }).click();
    const first = page.locator("article:visible").first();
    const bar = await page.locator(".controls").boundingBox();
    const { y: top } = await first.boundingBox();
    assert.ok(top >= bar.height && top < 300, `${path}: ${top}`);
  }
}, { viewport: { width: 400, height: 800 } });

pageTest("names of columns are on one line", "odd.html", async (page) => {
  const name = page.locator("dt code").getByText("description_zh");
  assert.equal(await name.evaluate((element) => element.getClientRects().length), 1);
}, { viewport: { width: 1200, height: 900 } });

pageTest("list of tables has the classes of codes, and search above it", "index.html", async (page) => {
  assert.equal(await page.locator("article .chip").count(), await page.locator("article").count());
  const { y } = await page.locator("input").boundingBox();
  assert.ok(y < (await page.locator(".tables").boundingBox()).y);
  await page.fill("input", "signatureexpire");
  assert.equal(await page.locator("article:visible .chip").textContent(), "retry: renew");
  assert.equal(await page.locator(".tables").isVisible(), false);
  await page.fill("input", "");
  assert.equal(await page.locator(".tables").isVisible(), true);
  await page.getByLabel("retry").selectOption("renew");
  assert.ok((await codes(page)).includes("AuthFailure.SignatureExpire"));
});

pageTest("list of tables links to codes", "index.html", async (page) => {
  await page.fill("input", "internalerror");
  await page.getByLabel("table").selectOption("cls");
  await page.locator("article:visible").filter({ has: page.locator("h3", { hasText: /^InternalError$/ }) })
    .getByRole("link", { name: "cls" }).click();
  assert.equal(await page.locator("article:target h3").textContent(), "InternalError");
});

const plain = { javaScriptEnabled: false };
pageTest("page without JavaScript shows all codes and no controls", "cls.html#InternalError", async (page) => {
  assert.equal(await page.locator("article:visible").count(), 132);
  assert.equal(await page.locator(":is(.controls, .copy):visible").count(), 0);
  assert.equal(await page.locator("article:target h3").textContent(), "InternalError");
}, plain);

pageTest("print has the shown codes and no controls", "cls.html", async (page) => {
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  assert.equal(await page.locator("article:visible").count(), 132);
  await page.emulateMedia({ media: "screen" });
  await page.fill("input", "signature expire");
  await page.emulateMedia({ media: "print" });
  assert.deepEqual(await codes(page), ["AuthFailure.SignatureExpire"]);
  assert.equal(await page.locator(":is(.controls, button, nav):visible").count(), 0);
  assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor), "rgb(255, 255, 255)");
  if (SCREENSHOTS) await page.pdf({ path: `${SCREENSHOTS}/cls.pdf` });
});

for (const name of ["cls", "odd", "index"]) {
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [1200, 400]) {
      const options = { colorScheme, viewport: { width, height: 900 } };
      pageTest(`${name} is accessible, ${colorScheme}, ${width} px wide`, `${name}.html`, async (page) => {
        // Rows that are not in view have no layout, and would have no problems.
        await page.addStyleTag({ content: "article { content-visibility: visible !important; }" });
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => axe.run());
        const found = violations.map(({ id, nodes }) => `${id}: ${nodes[0].html} ${nodes[0].failureSummary}`);
        assert.deepEqual(found, []);
        await page.fill("input", "internal error");
        await page.evaluate(() => document.querySelector("details")?.setAttribute("open", ""));
        const hits = await page.evaluate(() => axe.run());
        assert.deepEqual(hits.violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
        await page.fill("input", "");
        if (SCREENSHOTS) await page.screenshot({ path: `${SCREENSHOTS}/${name}-${colorScheme}-${width}.png` });
      }, options);
    }
  }
  test(`${name} is valid HTML`, async () => {
    const rules = { "no-trailing-whitespace": "off", "long-title": "off", "require-csp-nonce": "off" };
    const validate = new HtmlValidate({ extends: ["html-validate:standard"], rules });
    const { results } = await validate.validateFile(`${PAGES}/${name}.html`);
    const messages = results.flatMap((result) => result.messages);
    assert.deepEqual(messages.map(({ line, message }) => `${line}: ${message}`), []);
  });
}
