// Measures the plan editor with a stadium's seats: frames while the sheet is panned, zoomed and while 500 seats are
// dragged, and how long an undo takes until it is drawn.
//   npm run build && (a server with its demo, or npx vite preview --port 4173 before one; ONSALE_SERVER says where)
//   npm run bench:plan-editor -- --url http://localhost:8080 [--seats 50000] [--chromium /usr/bin/chromium]
// It fails when the 95th percentile of the times between frames, or of the work in them, is above a sixtieth of a
// second, or an undo takes longer than a tenth.
/* global window, document, performance, Buffer, KeyboardEvent, setTimeout, crypto */
import { parseArgs } from "node:util";
import { FrameTable, openMeasuredPage, percentile } from "./frame-times.mjs";

const { values: options } = parseArgs({
  options: {
    url: { type: "string", default: "http://localhost:8080" },
    chromium: { type: "string", default: "/usr/bin/chromium" },
    seats: { type: "string", default: "50000" },
    email: { type: "string", default: "organiser@example.com" },
    password: { type: "string", default: "lantern-demo-tickets" },
    picture: { type: "string", default: "" },
  },
});
const undoMs = 100;

const { browser, page } = await openMeasuredPage(options.chromium, { viewport: { width: 1280, height: 860 } });

await page.goto(`${options.url}/login?to=/organise`);
await page.getByLabel("E-mail address").fill(options.email);
await page.getByLabel("Password").first().fill(options.password);
await page.getByRole("button", { name: "Sign in", exact: true }).click();
await page.waitForURL((url) => url.pathname.startsWith("/organise/"));

/** Sections of 25 rows by 40 seats, in a grid. */
function stadium(seats) {
  const [rows, across, columns] = [25, 40, 10];
  const zones = Array.from({ length: Math.ceil(seats / (rows * across)) }, (_, zone) => ({
    name: `Block ${zone + 1}`,
    uuid: crypto.randomUUID(),
    position: { x: (zone % columns) * 1100, y: Math.floor(zone / columns) * 850 },
    rows: Array.from({ length: rows }, (_, row) => ({
      row_number: String(row + 1),
      position: { x: 0, y: row * 30 },
      seats: Array.from({ length: across }, (_, seat) => ({
        seat_guid: `${zone}-${row}-${seat}`,
        seat_number: String(seat + 1),
        position: { x: seat * 25, y: 0 },
        category: row < 12 ? "Front" : "Rear",
      })),
    })),
  }));
  return {
    name: "Stadium to measure",
    categories: [
      { name: "Front", color: "#7c3aed" },
      { name: "Rear", color: "#0d9488" },
    ],
    size: { width: 11000, height: 4300 },
    zones,
  };
}

// A list of blocks is drawn by hand in no time; the stadium comes as a plan and is drawn on.
const file = Buffer.from(JSON.stringify(stadium(Number(options.seats))));
const organisation = new URL(page.url()).pathname.split("/")[2];
await page.goto(`${options.url}/organise/${organisation}/plans`);
await page.getByLabel("Plan file (JSON)").setInputFiles({
  name: "stadium.json",
  mimeType: "application/json",
  buffer: file,
});
await page.getByRole("link", { name: "Look at the plan" }).click({ timeout: 120_000 });
await page.getByRole("button", { name: "Draw on it further" }).click();
const sheet = page.getByRole("application");
await sheet.waitFor({ timeout: 120_000 });
await page.waitForTimeout(3000);
const { x, y, width, height } = await sheet.boundingBox();
const middle = [x + width * 0.5, y + height * 0.45];

console.log(`${await sheet.getAttribute("aria-label")}, ${Math.round(file.length / 1024)} KB`);
const table = new FrameTable(page, "what");

async function dragBetween(from, to, rounds) {
  await page.mouse.move(...from);
  await page.mouse.down();
  for (let round = 0; round < rounds; round++) {
    const [start, end] = round % 2 === 0 ? [from, to] : [to, from];
    for (let step = 1; step <= 40; step++) {
      const share = step / 40;
      await page.mouse.move(start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share);
    }
  }
  await page.mouse.up();
  await page.waitForTimeout(300);
}
const tool = (name) => page.getByRole("toolbar").getByRole("button", { name }).click();
const zoom = async (notches) => {
  await page.mouse.move(...middle);
  for (let notch = 0; notch < notches; notch++) {
    await page.mouse.wheel(0, -100);
    await page.waitForTimeout(120);
  }
  await page.waitForTimeout(1200);
};
const [left, right] = [
  [middle[0] - width * 0.25, middle[1] - 60],
  [middle[0] + width * 0.25, middle[1] + 60],
];

await tool("Move the sheet");
await table.measure("panning, all of it in view", () => dragBetween(left, right, 6));
await zoom(6);
await table.measure("panning, thousands of seats as dots", () => dragBetween(left, right, 6));
await zoom(3);
await table.measure("panning, seats with numbers", () => dragBetween(left, right, 6));

// Half of a section: 500 seats, by a list of what there is and a box around them.
await page.getByRole("button", { name: "All", exact: true }).click();
await page.waitForTimeout(1500);
await zoom(5);
await tool("Select and move");
await sheet.focus();
await page.keyboard.press("Escape");
await page.locator("aside").getByRole("button", { name: "Objects" }).click();
const rows = page.locator("aside li li button");
for (let row = 0; row < 13; row++) {
  await rows.nth(row).click({ modifiers: row === 0 ? [] : ["Shift"] });
}
await page.locator("aside").getByRole("button", { name: "Edit" }).click();
console.log(`<!-- ${await page.locator("aside section p").nth(1).textContent()} -->`);
await page.waitForTimeout(1500);
if (options.picture !== "") await page.screenshot({ path: options.picture });
const edge = () => page.getByLabel("x", { exact: true }).first().inputValue();
const before = await edge();
const grab = [x + width / 2, y + height / 2];
await table.measure("dragging the selection", () => dragBetween(grab, [grab[0] + 160, grab[1] + 90], 7));
await page.waitForTimeout(1500);
const after = await edge();
if (after === before) throw new Error("Nothing was dragged.");

/** From the key to the frame in which nothing more is drawn. */
async function timeOf(key) {
  return page.evaluate(async (pressed) => {
    const sheet = document.querySelector('[role="application"]');
    const record = window.frames60;
    Object.assign(record, { isOn: true, starts: [], work: [] });
    const started = performance.now();
    sheet.dispatchEvent(new KeyboardEvent("keydown", { key: pressed, ctrlKey: true, bubbles: true, cancelable: true }));
    const handled = performance.now();
    let drawn = handled;
    for (let quiet = 0; quiet < 5;) {
      const before = record.work.length;
      await new Promise((resolve) => setTimeout(resolve, 20));
      if (record.work.length === before) quiet += 1;
      else [quiet, drawn] = [0, performance.now() - 20];
    }
    record.isOn = false;
    return { handled: handled - started, drawn: drawn - started };
  }, key);
}
const undo = [];
for (let round = 0; round < 10; round++) {
  undo.push(await timeOf("z"));
  if ((await edge()) !== before) throw new Error("Nothing was undone.");
  await timeOf("y");
  if ((await edge()) !== after) throw new Error("Nothing was done again.");
}
const handled = undo.map((one) => one.handled);
const drawn = undo.map((one) => one.drawn);
console.log("");
console.log(
  `undo, handled: p50 ${percentile(handled, 0.5).toFixed(1)} ms, longest ${Math.max(...handled).toFixed(1)} ms`,
);
console.log(`undo, drawn: p50 ${percentile(drawn, 0.5).toFixed(1)} ms, longest ${Math.max(...drawn).toFixed(1)} ms`);
const isSlow = table.isSlow || percentile(drawn, 0.95) > undoMs;
await browser.close();
if (isSlow) console.error("Slower than it should be.");
process.exit(isSlow ? 1 : 0);
