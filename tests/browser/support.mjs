// A `lodestream demo` that reads articles from the test, and a Chromium that looks at its page.

import { spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const BINARY = process.env.LODESTREAM_BIN ?? join(process.env.CARGO_TARGET_DIR ?? join(ROOT, "target"), "release/lodestream");
const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

function usable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function browserPath() {
  const named = process.env.CHROMIUM;
  const names = named ? [named] : NAMES;
  const places = named?.includes("/") ? [named] : (process.env.PATH ?? "").split(delimiter).flatMap((place) => names.map((name) => join(place, name)));
  const found = places.find(usable);
  if (!found) throw new Error("no Chromium: install it (Debian: apt-get install chromium), or name one by the variable CHROMIUM");
  return found;
}

/** Starts the browser. It asks nobody outside. */
export async function launch() {
  const quiet = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
  // Chromium's own sandbox does not work as root.
  if (process.getuid?.() === 0) quiet.push("--no-sandbox");
  return chromium.launch({ executablePath: browserPath(), args: quiet });
}

/** A demo; `address` where it is to listen. */
export class Demo {
  static async start({ address = "127.0.0.1:0", articles = "-" } = {}) {
    if (!usable(BINARY)) throw new Error(`${BINARY} is not there: cargo build --release, or name one by LODESTREAM_BIN`);
    const demo = new Demo();
    const chosen = articles ? [articles] : [];
    demo.child = spawn(BINARY, ["demo", ...chosen, "--rate", "1000", "--for", "10m", "--listen", address], { stdio: ["pipe", "ignore", "pipe"] });
    demo.ended = new Promise((resolve) => demo.child.once("exit", resolve));
    demo.words = [];
    demo.url = await new Promise((resolve, reject) => {
      createInterface({ input: demo.child.stderr }).on("line", (line) => {
        demo.words.push(line);
        const page = line.match(/^\s*page\s+(http:\S+)/);
        if (page) resolve(page[1].replace(/\/$/, ""));
      });
      demo.ended.then((code) => reject(new Error(`the demo ended with ${code}:\n${demo.words.join("\n")}`)));
    });
    return demo;
  }

  get address() {
    return new URL(this.url).host;
  }

  /** Puts articles on the stream. */
  feed(...articles) {
    for (const article of articles) this.child.stdin.write(`${JSON.stringify(article)}\n`);
  }

  async api(path) {
    return (await fetch(`${this.url}/api/v1/${path}`)).json();
  }

  /** Waits until so many articles are held. */
  async holds(count) {
    for (let tries = 0; tries < 300; tries += 1) {
      if ((await this.api("status")).coverage.articles_held >= count) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`${count} articles did not come in:\n${this.words.join("\n")}`);
  }

  async stop() {
    this.child.kill("SIGTERM");
    await this.ended;
  }
}

/** A page that is watched: errors in it, and requests that leave for elsewhere. */
export async function open(browser, demo, path = "/", options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-GB", ...options });
  const page = await context.newPage();
  const seen = { errors: [], outside: [] };
  page.on("pageerror", (error) => seen.errors.push(error.message));
  page.on("console", (message) => {
    // what the network does is the tests' own doing
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) seen.errors.push(message.text());
  });
  page.on("request", (request) => {
    const { host, protocol } = new URL(request.url());
    if (host !== demo.address && protocol !== "data:") seen.outside.push(request.url());
  });
  await page.goto(demo.url + path);
  return { page, seen, close: () => context.close() };
}
