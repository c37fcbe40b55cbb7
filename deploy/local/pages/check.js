"use strict";
// Checks pages in a headless browser; check-pages says what is checked. Arguments: the pages.

const fs = require("fs");
const path = require("path");
const url = require("url");
const { chromium } = require("playwright-core");

const AXE = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const NARROW = { width: 390, height: 844 };
const WIDE = { width: 1280, height: 900 };
const ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];

let faults = 0;

function fault(where, what) {
  faults++;
  console.log("  FAULT " + where + ": " + what);
}

/** Opens the page; whatever else it loads is a fault. */
async function open(browser, file, name, options) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const address = url.pathToFileURL(file).href;
  page.on("console", (message) => fault(name, "the console says: " + message.text()));
  page.on("pageerror", (error) => fault(name, error.message));
  page.on("request", (request) => {
    const asked = request.url();
    if (asked.split("#")[0] !== address && !asked.startsWith("data:") && !isPicture(asked, address)) {
      fault(name, "the page requests " + asked.slice(0, 120));
    }
  });
  await page.goto(address);
  return page;
}

/** A large page links its images, which lie next to it. */
function isPicture(asked, address) {
  return asked.startsWith(new URL("pictures/", address).href);
}

async function axe(page, name) {
  await page.evaluate(() => document.querySelectorAll("details").forEach((list) => { list.open = true; }));
  await page.evaluate(AXE);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  for (const rule of found.violations) {
    for (const node of rule.nodes.slice(0, 5)) {
      fault(name, rule.id + " (" + rule.impact + "): " + node.html.slice(0, 160) + " " + node.failureSummary.replace(/\s+/g, " ").slice(0, 260));
    }
    if (rule.nodes.length > 5) { fault(name, rule.id + ": and " + (rule.nodes.length - 5) + " more"); }
  }
  return found.passes.length;
}

/** Nothing but tables and strips, which scroll on their own, may be wider than the window. */
async function width(page, name) {
  const more = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (more > 0) { fault(name, "the page is " + more + " pixels wider than the window"); }
}

async function expect(name, what, holds) {
  if (!(await holds)) { fault(name, what); }
}

/** The skip link is the first stop of the keyboard, and can be seen there. */
async function keyboard(page, name) {
  await page.keyboard.press("Tab");
  const skip = page.locator(":focus");
  await expect(name, "the first stop of the keyboard is not the skip link", skip.evaluate((e) => e.className === "skip"));
  await expect(name, "the focused skip link is not within the window", skip.evaluate((e) => e.getBoundingClientRect().left >= 0));
  await page.keyboard.press("Enter");
  await expect(name, "the skip link leads nowhere", page.evaluate(() => document.activeElement.id === "figures"));
}

async function controls(page, name) {
  const rows = page.locator("#results tbody tr");
  if (await rows.count() < 2) { return; }
  const first = await rows.first().getAttribute("data-category");
  await page.fill("#filter", first.toUpperCase());
  const shown = await rows.evaluateAll((all) => all.filter((row) => !row.hidden).map((row) => row.dataset.category));
  await expect(name, "the filter shows " + shown, shown.length > 0 && shown.every((c) => c.toLowerCase().includes(first.toLowerCase())));
  await page.fill("#filter", "");
  const column = "#results thead th:nth-child(2) button";
  for (const up of [true, false]) {
    await page.click(column);
    const values = await rows.evaluateAll((all) => all.map((row) => Number(row.cells[1].title)).filter((value) => !Number.isNaN(value)));
    const sorted = [...values].sort((a, b) => up ? a - b : b - a);
    await expect(name, "the column is not sorted: " + values, values.every((value, i) => value === sorted[i]));
    const cards = await page.locator(".cards > [data-category]").evaluateAll((all) => all.map((card) => card.dataset.category));
    const names = await rows.evaluateAll((all) => all.map((row) => row.dataset.category));
    await expect(name, "the cards do not follow the table", names.join() === cards.join());
  }
}

/** The part of the map that is shown, in pixels of a screenshot that differ from one without the map. */
async function coloured(page) {
  const stage = page.locator("#viewer-stage");
  await page.waitForTimeout(150);
  const withMap = await stage.screenshot();
  await page.uncheck("#viewer-map");
  await page.waitForTimeout(150);
  const without = await stage.screenshot();
  await page.check("#viewer-map");
  return page.evaluate(async ([a, b]) => {
    const pixels = async (data) => {
      const image = new Image();
      image.src = "data:image/png;base64," + data;
      await image.decode();
      const canvas = document.createElement("canvas");
      canvas.width = image.width;
      canvas.height = image.height;
      const context = canvas.getContext("2d", { willReadFrequently: true });
      context.drawImage(image, 0, 0);
      return context.getImageData(0, 0, image.width, image.height).data;
    };
    const [one, other] = [await pixels(a), await pixels(b)];
    let differing = 0;
    for (let i = 0; i < one.length; i += 4) {
      if (Math.abs(one[i] - other[i]) + Math.abs(one[i + 1] - other[i + 1]) + Math.abs(one[i + 2] - other[i + 2]) > 6) { differing++; }
    }
    return differing;
  }, [withMap.toString("base64"), without.toString("base64")]);
}

async function viewer(page, name) {
  const looks = page.locator("a.look");
  const count = await looks.count();
  if (count === 0) { return; }
  await looks.first().focus();
  await page.keyboard.press("Enter");
  await expect(name, "Enter on an image does not open the viewer", page.locator("#viewer").evaluate((e) => e.open));
  await axe(page, name + ", viewer");
  const caption = () => page.locator("#viewer-caption").textContent();
  const before = await caption();
  if (count > 1) {
    await page.keyboard.press("ArrowRight");
    await expect(name, "the right arrow does not show the next image", caption().then((text) => text !== before));
    await page.keyboard.press("ArrowLeft");
    await expect(name, "the left arrow does not show the image before", caption().then((text) => text === before));
  }
  const shape = await page.evaluate(() => {
    const data = document.querySelector("a.look").dataset;
    const box = document.querySelector("#viewer-stage").viewBox.baseVal;
    return Math.abs(box.width / box.height - data.width / data.height);
  });
  await expect(name, "the image is not shown in its own shape", shape < 1e-6);
  const areas = [];
  for (const level of ["0", "128", "255"]) {
    await page.locator("#viewer-level").fill(level);
    areas.push(await coloured(page));
  }
  await expect(name, "the threshold does not recolour the map: " + areas, areas[0] > areas[1] && areas[1] >= areas[2]);
  await page.keyboard.press("Escape");
  await expect(name, "Escape does not close the viewer", page.locator("#viewer").evaluate((e) => !e.open));
  await expect(name, "the focus does not return to the image", page.evaluate(() => document.activeElement.matches("a.look")));
}

/** All text of the page can be read without scripts, and no control is there that would do nothing. */
async function withoutScripts(browser, file, name) {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: WIDE });
  const page = await context.newPage();
  await page.goto(url.pathToFileURL(file).href);
  for (const control of await page.locator("button, input, dialog").all()) {
    await expect(name, "a control is shown without scripts: " + (await control.innerHTML()).slice(0, 80), control.isVisible().then((visible) => !visible));
  }
  await expect(name, "there are no figures without scripts", page.locator("#figures").isVisible());
  await context.close();
}

async function printed(browser, file, name) {
  const context = await browser.newContext({ viewport: WIDE, colorScheme: "dark" });
  const page = await context.newPage();
  await page.goto(url.pathToFileURL(file).href);
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  const ground = await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--ground"));
  await expect(name, "the ground of the printed page is " + ground, ground.trim() === "#ffffff");
  const file2 = await page.pdf({ format: "A4", printBackground: true });
  await expect(name, "the printed page is empty", file2.length > 10000);
  await context.close();
}

(async () => {
  const browser = await chromium.launch({ executablePath: process.env.NIGHTJAR_CHROMIUM, args: ARGUMENTS });
  console.log("Chromium " + browser.version() + ", axe-core " + require("axe-core/package.json").version);
  for (const file of process.argv.slice(2)) {
    const before = faults;
    const called = path.basename(file);
    let rules = 0;
    for (const colorScheme of ["light", "dark"]) {
      for (const viewport of [WIDE, NARROW]) {
        const name = called + ", " + colorScheme + ", " + viewport.width + " wide";
        const page = await open(browser, file, name, { colorScheme, viewport });
        rules = await axe(page, name);
        await width(page, name);
        if (viewport === WIDE) {
          await page.reload();
          await keyboard(page, name);
          await controls(page, name);
          await viewer(page, name);
        }
        await page.context().close();
      }
    }
    await withoutScripts(browser, file, called + ", without scripts");
    await printed(browser, file, called + ", printed");
    console.log((faults === before ? "ok     " : "FAULTS ") + file + " (" + fs.statSync(file).size + " bytes, " + rules + " rules of axe-core passed)");
  }
  await browser.close();
  process.exit(faults === 0 ? 0 : 1);
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
