// The README's picture: the page of `lodestream demo` with its samples. `node picture.mjs DIRECTORY [all]`; `all` takes every view at
// both sizes and in both colours, to be looked at.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Demo, launch, open } from "./support.mjs";

const [directory, what] = process.argv.slice(2);
mkdirSync(directory, { recursive: true });
const DESK = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };
const VIEWS = { overview: "/", mineral: "/?mineral=copper", pair: "/?mineral=rare-earth-elements&country=PK&span=30d", article: "/?article=twin-text&mineral=rare-earth-elements&country=PK", empty: "/?from=2001-01-01&to=2001-02-01", wrong: "/?mineral=unobtainium" };

const browser = await launch();
const demo = await Demo.start({ articles: null });
await demo.holds(48);

async function take(name, path, options) {
  const { page, close } = await open(browser, demo, path, options);
  await page.locator('#live[data-state="on"]').click();
  await page.waitForFunction(() => ![...document.querySelectorAll("[aria-busy], .loading")].some((one) => one.checkVisibility()));
  await page.waitForTimeout(500);
  await page.screenshot({ path: join(directory, `${name}.png`) });
  await close();
}

if (what === "all") {
  for (const [name, path] of Object.entries(VIEWS)) {
    for (const colorScheme of ["light", "dark"]) {
      await take(`${name}-desk-${colorScheme}`, path, { viewport: DESK, colorScheme });
      await take(`${name}-phone-${colorScheme}`, path, { viewport: PHONE, colorScheme, isMobile: true, hasTouch: true });
    }
  }
} else await take("page", "/", { viewport: DESK });
await demo.stop();
await browser.close();
