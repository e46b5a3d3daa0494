// Promise: an analyst reads from the page which minerals, which countries, since when, and the sentence that says so; on a desk
// and on a phone, with a keyboard alone, live, and when something is wrong.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { CHILE, CONGO, HOSTILE, PAKISTAN } from "./articles.mjs";
import { Demo, launch, open } from "./support.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

/** Every test of a view sees to it that nothing failed quietly, and that nobody outside was asked. */
async function view(demo, path, options, act) {
  const { page, seen, close } = await open(browser, demo, path, options);
  try {
    await act(page);
    assert.deepEqual(seen, { errors: [], outside: [] });
  } finally {
    await close();
  }
}

const cell = (page, name) => page.locator(`a.cell[aria-label^="${name}:"]`);
const card = (page, title) => page.locator(".card", { hasText: title });
const query = (page) => Object.fromEntries(new URL(page.url()).searchParams);

describe("without articles", () => {
  let demo;
  before(async () => { demo = await Demo.start(); });
  after(() => demo?.stop());

  it("says that nothing has come in, and shows what comes in without being asked", () => view(demo, "/", {}, async (page) => {
    await page.getByText("Nothing has been counted yet.").waitFor();
    await page.getByText("No article has been committed yet.").waitFor();
    await page.locator('#live[data-state="on"]').waitFor();
    demo.feed(CHILE);
    await card(page, "Chile's copper strike ends").waitFor();
    await cell(page, "Copper, Chile").waitFor();

    await page.getByRole("button", { name: "Live" }).click();
    await page.getByRole("button", { name: "Paused" }).waitFor();
    demo.feed(PAKISTAN);
    await demo.holds(2);
    await page.waitForTimeout(3_000);
    assert.equal(await page.locator(".card").count(), 1, "paused, nothing changes by itself");
    await page.getByRole("button", { name: "Paused" }).click();
    await card(page, "巴铁总理赴美签约").waitFor();
  }));
});

describe("with articles", () => {
  let demo;
  before(async () => {
    demo = await Demo.start();
    demo.feed(CHILE, PAKISTAN, CONGO);
    await demo.holds(3);
  });
  after(() => demo?.stop());

  it("shows the numbers that the API has", () => view(demo, "/", {}, async (page) => {
    const { pairs, mentions } = await demo.api("pairs");
    assert.ok(pairs.length >= 5);
    await cell(page, "Tungsten, Pakistan").waitFor();
    for (const pair of pairs) {
      const shown = page.locator(`a.cell[href*="mineral=${pair.mineral}&country=${pair.country}"]`);
      assert.equal(await shown.locator(".number").textContent(), String(pair.mentions));
      assert.equal(await shown.locator("svg.spark").count(), 1);
    }
    assert.equal(await page.locator(".matrix tfoot .sum").last().textContent(), String(mentions));
    const countries = new Set(pairs.map((pair) => pair.country).filter((code) => code !== "none"));
    assert.equal(await page.locator(".world .some").count(), countries.size);
    await page.getByText("Totals: what this instance has committed since").waitFor();
  }));

  it("opens a pair from the table, and goes back", () => view(demo, "/", {}, async (page) => {
    await cell(page, "Tungsten, Pakistan").click();
    await page.getByRole("heading", { name: "Tungsten and Pakistan" }).waitFor();
    assert.deepEqual(query(page), { mineral: "tungsten", country: "PK" });
    const series = await demo.api("series?mineral=tungsten&country=PK");
    assert.equal(await page.locator(".facts dd").first().textContent(), String(series.sum.mentions));
    await page.locator(".facts", { hasText: "3 Oct 2025" }).waitFor();
    assert.equal(await page.locator(".chart .bar").count(), series.points.length);
    // The sentence that says so, and no other article.
    await page.locator("blockquote", { hasText: "Pakistan wants to sell tungsten" }).waitFor();
    assert.equal(await page.locator(".card").count(), 1);
    assert.equal(await page.title(), "Tungsten, Pakistan – Lodestream");
    await page.goBack();
    await cell(page, "Tungsten, Pakistan").waitFor();
    assert.deepEqual(query(page), {});
  }));

  it("has an address for every view", () => view(demo, "/?mineral=copper&country=cl&from=2025-10-01&to=2025-10-02", {}, async (page) => {
    await page.getByRole("heading", { name: "Copper and Chile" }).waitFor();
    assert.equal(await page.getByLabel("Published from").inputValue(), "2025-10-01");
    assert.equal(await page.getByLabel("Published until").inputValue(), "2025-10-01", "the last day, for the end is exclusive");
    await page.getByLabel("Published from").fill("2025-09-30");
    await page.waitForURL(/from=2025-09-30&to=2025-10-02/);
    await page.getByRole("button", { name: "Remove the filter country Chile" }).click();
    await page.getByRole("heading", { name: "Copper by country" }).waitFor();
    assert.deepEqual(query(page), { mineral: "copper", from: "2025-09-30", to: "2025-10-02" });
    await page.locator(".list tbody tr", { hasText: "Peru" }).getByRole("link").click();
    await page.getByRole("heading", { name: "Copper and Peru" }).waitFor();
  }));

  it("opens an article with its marks, roles, and the sentences that say so", () => view(demo, "/?mineral=tungsten&country=PK", {}, async (page) => {
    await page.getByRole("link", { name: "巴铁总理赴美签约" }).click();
    assert.deepEqual(query(page), { mineral: "tungsten", country: "PK", article: "pakistan" });
    const title = page.getByRole("heading", { level: 1 });
    assert.equal(await title.textContent(), PAKISTAN.title);
    assert.equal(await title.getAttribute("lang"), "zh");
    assert.deepEqual(await title.locator("mark.is-country").allTextContents(), ["巴铁", "美"]);
    // The whole text, unchanged, in its languages.
    assert.equal((await page.locator(".text p, .text h2").allTextContents()).join(""), PAKISTAN.text);
    assert.deepEqual(await page.locator(".text p").evaluateAll((all) => all.map((one) => one.lang)), ["zh", "en"]);
    const evidence = async () => (await page.locator(".text .evidence").allTextContents()).join("");
    assert.match(await evidence(), /Pakistan wants to sell tungsten/);
    await page.getByRole("button", { name: "谢里夫" }).or(page.getByRole("button", { name: "Shehbaz Sharif" })).first().click();
    assert.match(await evidence(), /谢里夫/);
    await page.locator(".found li", { hasText: "Prime Minister" }).waitFor();
    await page.getByRole("link", { name: "← All articles" }).click();
    await page.getByRole("heading", { name: "Tungsten and Pakistan" }).waitFor();
  }));

  it("finds minerals, countries, people, organisations, events and words", () => view(demo, "/", {}, async (page) => {
    await cell(page, "Tungsten, Pakistan").waitFor();
    const look = async (words, option, expected) => {
      await page.keyboard.press("/");
      await page.keyboard.type(words);
      await page.getByRole("option", { name: option }).first().waitFor();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await page.waitForURL((url) => url.search === `?${new URLSearchParams(expected)}`);
      await page.locator(".card").first().waitFor();
      await page.getByRole("link", { name: "Lodestream" }).click();
      await page.waitForURL((url) => url.search === "");
      await page.locator("body").click({ position: { x: 2, y: 400 } });
    };
    await look("稀土", "Rare earth elements mineral", { mineral: "rare-earth-elements" });
    await look("巴铁", "Pakistan country", { country: "PK" });
    await look("boric", "Gabriel Boric person", { person: "gabriel-boric" });
    await look("glenc", "Glencore organisation", { organisation: "glencore" });
    await look("labour", "Labour action event", { event: "labour_action" });
    await page.keyboard.press("/");
    await page.keyboard.type("new on the MARKET");
    await page.keyboard.press("Enter");
    await page.locator("blockquote", { hasText: "Tungsten from Pakistan is new on the market." }).waitFor();
    assert.equal(await page.locator(".card").count(), 1);
    await page.getByText("The totals are those of all articles").waitFor();
  }));

  it("says when nothing fits, and how to go on", () => view(demo, "/?from=2001-01-01&to=2001-02-01", {}, async (page) => {
    await page.getByText("No mention in this span of time.").waitFor();
    await page.getByText("None of the articles held here fits.").waitFor();
    await page.getByRole("link", { name: "Show all times" }).click();
    await cell(page, "Copper, Chile").waitFor();
  }));

  it("is used with a keyboard alone", () => view(demo, "/", {}, async (page) => {
    await cell(page, "Copper, Chile").waitFor();
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "Skip to content");
    // One place in the order for the whole table; arrow keys move in it.
    assert.equal(await page.locator('a.cell[tabindex="0"]').count(), 1);
    await page.locator('a.cell[tabindex="0"]').focus();
    const label = () => page.evaluate(() => document.activeElement.getAttribute("aria-label") ?? "");
    const first = await label();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowLeft");
    const reached = await label();
    assert.match(first, /mention/);
    assert.match(reached, /mention/);
    await page.keyboard.press("Enter");
    await page.locator("#pair-title").waitFor();
    // Every control says what it is.
    const nameless = await page.evaluate(() => [...document.querySelectorAll("a, button, input")]
      .filter((one) => one.checkVisibility() && !(one.getAttribute("aria-label") || one.textContent.trim() || one.title)).map((one) => one.outerHTML));
    assert.deepEqual(nameless, []);
  }));

  it("keeps the focus when new articles come in", () => view(demo, "/", {}, async (page) => {
    await page.locator('#live[data-state="on"]').waitFor();
    await page.getByRole("link", { name: "Chile's copper strike ends" }).focus();
    demo.feed({ ...CONGO, id: "congo-2", title: "Congo's cobalt once more" });
    await card(page, "Congo's cobalt once more").waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "Chile's copper strike ends");
  }));

  it("moves nothing under the eyes of a reader", () => view(demo, "/", { viewport: { width: 1440, height: 420 } }, async (page) => {
    await page.locator('#live[data-state="on"]').waitFor();
    await card(page, "Chile's copper strike ends").scrollIntoViewIfNeeded();
    await page.locator("#articles").evaluate((panel) => { panel.scrollTop = 150; });
    demo.feed({ ...CONGO, id: "congo-3", title: "Congo's cobalt, newest of all", published_at: "2025-10-05T00:00:00Z" });
    await page.getByRole("button", { name: "There are newer articles: show" }).click();
    const newest = page.locator(".card").first();
    assert.match(await newest.textContent(), /Congo's cobalt, newest of all/);
    assert.equal(await page.locator("#articles").evaluate((panel) => panel.scrollTop), 0);
  }));

  it("fits on a phone", () => view(demo, "/", { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }, async (page) => {
    await page.locator(".list").getByRole("link", { name: /Tungsten\s*Pakistan/ }).waitFor();
    const wide = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(await wide(), 0);
    await page.getByRole("link", { name: "Table" }).tap();
    await page.locator(".matrix").waitFor();
    assert.equal(await wide(), 0, "the table scrolls within its panel");
    await page.getByRole("link", { name: "List" }).tap();
    await page.locator(".list").getByRole("link", { name: /Tungsten\s*Pakistan/ }).tap();
    await page.getByRole("heading", { name: "Tungsten and Pakistan" }).waitFor();
    assert.equal(await wide(), 0);
    await page.getByRole("link", { name: "巴铁总理赴美签约" }).tap();
    await page.getByRole("heading", { level: 1 }).waitFor();
    assert.equal(await wide(), 0);
  }));

  it("is dark where the system is, and as the reader chooses", () => view(demo, "/", { colorScheme: "dark" }, async (page) => {
    const brightness = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0));
    assert.ok(await brightness() < 150, "dark");
    await page.getByRole("button", { name: "Colours: as the system" }).click();
    assert.ok(await brightness() > 600, "light");
    await page.reload();
    assert.ok(await brightness() > 600, "still light");
    await page.getByRole("button", { name: "Colours: light" }).click();
    assert.ok(await brightness() < 150, "dark by choice");
  }));

  for (const colorScheme of ["light", "dark"]) {
    it(`can be read: contrast, ${colorScheme}`, () => view(demo, "/?article=pakistan&mineral=tungsten&country=PK", { colorScheme }, async (page) => {
      await page.getByRole("heading", { level: 1 }).waitFor();
      const poor = await page.evaluate(contrasts);
      await page.goto(`${demo.url}/`);
      await cell(page, "Tungsten, Pakistan").waitFor();
      assert.deepEqual([...poor, ...await page.evaluate(contrasts)], []);
    }));
  }

  it("takes hostile articles for what they are: text", () => view(demo, "/", {}, async (page) => {
    demo.feed(HOSTILE);
    const opened = page.getByRole("link", { name: "in Ghana" });
    await opened.waitFor();
    assert.equal(await opened.textContent(), HOSTILE.title);
    await page.getByText(HOSTILE.source).waitFor();
    await opened.click();
    const title = page.getByRole("heading", { level: 1 });
    await title.waitFor();
    assert.equal(await title.textContent(), HOSTILE.title);
    assert.equal((await page.locator(".text p, .text h2").allTextContents()).join(""), HOSTILE.text);
    assert.equal(query(page).article, HOSTILE.id);
    assert.equal(await page.locator("main img, main script, main b, main svg:not(.spark, .chart svg, .world svg)").count(), 0);
    assert.equal(await page.locator('a[href^="javascript"]').count(), 0);
    await page.reload();
    await title.waitFor();
    assert.equal(await page.evaluate(() => window.hacked), undefined);
  }));

  it("runs no script but its own", async () => {
    const { page, close } = await open(browser, demo);
    const violated = page.evaluate(() => new Promise((resolve) => {
      addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective));
      const script = document.createElement("script");
      script.textContent = "window.hacked = 9";
      document.body.append(script);
    }));
    assert.match(await violated, /^script-src/);
    assert.equal(await page.evaluate(() => window.hacked), undefined);
    await close();
  });
});

describe("when something is wrong", () => {
  let demo;
  before(async () => {
    demo = await Demo.start();
    demo.feed(CHILE);
    await demo.holds(1);
  });
  after(() => demo?.stop());

  it("says what the service says, and tries again when asked", () => view(demo, "/", {}, async (page) => {
    await page.route("**/api/v1/pairs*", (route) => route.fulfill({ status: 500, json: { error: { code: "internal", message: "a fault in lodestream, please report it" } } }));
    await page.reload();
    const alert = page.locator("#pairs").getByRole("alert");
    await alert.getByText("a fault in lodestream").waitFor();
    await card(page, "Chile's copper strike ends").waitFor();
    await page.unroute("**/api/v1/pairs*");
    await alert.getByRole("button", { name: "Try again" }).click();
    await cell(page, "Copper, Chile").waitFor();
  }));

  it("says that it is loading", () => view(demo, "/", {}, async (page) => {
    let answer;
    const held = new Promise((resolve) => { answer = resolve; });
    await page.route("**/api/v1/pairs*", async (route) => { await held; await route.continue(); });
    await page.reload();
    await page.locator("#pairs").getByText("Loading…").waitFor();
    assert.equal(await page.locator("#pairs").getAttribute("aria-busy"), "true");
    answer();
    await cell(page, "Copper, Chile").waitFor();
    assert.equal(await page.locator("#pairs").getAttribute("aria-busy"), null);
  }));

  it("helps with an address that means nothing", () => view(demo, "/?mineral=unobtainium", {}, async (page) => {
    await page.locator("#pairs").getByText("`unobtainium` is no mineral of the lexicon").waitFor();
    await page.locator("#pairs").getByRole("link", { name: "Start over" }).click();
    await cell(page, "Copper, Chile").waitFor();
    await page.goto(`${demo.url}/?article=nobody`);
    await page.getByText("does not hold the article").waitFor();
    await page.getByRole("link", { name: "All articles" }).click();
    await card(page, "Chile's copper strike ends").waitFor();
  }));

  it("says that the connection is lost, and recovers by itself", () => view(demo, "/", {}, async (page) => {
    await page.locator('#live[data-state="on"]').waitFor();
    await card(page, "Chile's copper strike ends").waitFor();
    const { address } = demo;
    await demo.stop();
    await page.getByText("The connection to the service is lost.").waitFor();
    assert.equal(await page.locator(".card").count(), 1, "what was shown stays");
    demo = await Demo.start({ address });
    demo.feed(CONGO);
    await card(page, "Congo trades its cobalt ban").waitFor({ timeout: 60_000 });
    await page.locator('#live[data-state="on"]').waitFor();
    await page.getByText("The connection to the service is lost.").waitFor({ state: "hidden" });
  }));
});

/** Runs in the page: texts whose contrast to what is behind them is below 4.5 (WCAG AA), decoration left out. */
function contrasts() {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = (colour) => {
    const [red, green, blue] = colour.map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = rgba(getComputedStyle(at).backgroundColor);
      if (colour[3] === 255) return colour;
    }
    return [255, 255, 255, 255];
  };
  const poor = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || !element.checkVisibility() || element.closest("[aria-hidden], .hidden, .skip, noscript, svg")) continue;
    const [one, other] = [light(rgba(getComputedStyle(element).color)), light(behind(element))];
    const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (contrast < 4.5) poor.push(`${texts.currentNode.data.trim().slice(0, 30)} (${element.className || element.tagName}): ${contrast.toFixed(2)}`);
  }
  return [...new Set(poor)];
}
