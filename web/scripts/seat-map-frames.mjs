// Measures frames while the seat map is panned, at each level of detail, with a sale going on around it.
//   npm run build && npx vite preview --port 4173   (with a server; ONSALE_SERVER says where)
//   npm run bench:seat-map -- --url http://localhost:4173 [--event stadium-tour] [--chromium /usr/bin/chromium] [--ratio 1]
// It fails when the 95th percentile of the times between frames, or of the work in them, is above a sixtieth of a second.
/* global Buffer, setInterval, clearInterval */
import { parseArgs } from "node:util";
import { FrameTable, frameMs, openMeasuredPage } from "./frame-times.mjs";

const { values: options } = parseArgs({
  options: {
    url: { type: "string", default: "http://localhost:4173" },
    event: { type: "string", default: "stadium-tour" },
    chromium: { type: "string", default: "/usr/bin/chromium" },
    width: { type: "string", default: "1280" },
    height: { type: "string", default: "860" },
    ratio: { type: "string", default: "1" },
    /** Seats whose state changes in each of ten batches a second. */
    changes: { type: "string", default: "40" },
  },
});
const pansPerLevel = 6;

const { browser, page } = await openMeasuredPage(options.chromium, {
  viewport: { width: Number(options.width), height: Number(options.height) },
  deviceScaleFactor: Number(options.ratio),
});

// Others buy meanwhile: the feed is the server's, with changes added.
let version = 0;
await page.routeWebSocket(/\/live/, (socket) => {
  const server = socket.connectToServer();
  let seats = 0;
  server.onMessage((text) => {
    const message = JSON.parse(String(text));
    if (message.type === "snapshot")
      [version, seats] = [message.version, Buffer.from(message.seats, "base64").length * 4];
    socket.send(text);
  });
  let turn = 0;
  const timer = setInterval(() => {
    if (seats === 0 || Number(options.changes) === 0) return;
    const pick = () => Array.from({ length: Number(options.changes) / 2 }, () => (turn = (turn + 7919) % seats));
    const changes = {
      type: "changes",
      from: version,
      version: ++version,
      sold: pick(),
      available: pick(),
      held: [],
      blocked: [],
      tiers: [],
    };
    socket.send(JSON.stringify(changes));
  }, 100);
  socket.onClose(() => clearInterval(timer));
});

await page.goto(`${options.url}/events/${options.event}/pick`);
const map = page.locator("canvas[role=img]");
await map.waitFor();
await map.scrollIntoViewIfNeeded();
await page.waitForTimeout(2500);
const { x, y, width, height } = await map.boundingBox();
const middle = [x + width * 0.5, y + height * 0.4];

/** Drags there and back in small steps, as a hand does; the fling at the end glides on. */
async function pan() {
  for (let round = 0; round < pansPerLevel; round++) {
    const direction = round % 2 === 0 ? 1 : -1;
    await page.mouse.move(middle[0] - direction * width * 0.3, middle[1] - direction * height * 0.15);
    await page.mouse.down();
    for (let step = 1; step <= 40; step++) {
      const share = step / 40 - 0.5;
      await page.mouse.move(middle[0] + direction * width * 0.6 * share, middle[1] + direction * height * 0.3 * share);
    }
    await page.mouse.up();
    await page.waitForTimeout(450);
  }
}

const table = new FrameTable(page, "what is seen");

const zoom = async (notches) => {
  for (let notch = 0; notch < notches; notch++) {
    await page.mouse.move(...middle);
    await page.mouse.wheel(0, -100);
    await page.waitForTimeout(120);
  }
  await page.waitForTimeout(1200);
};
await page.mouse.move(x + width * 0.35, y + height * 0.7);
await table.measure("all sections", pan);
middle[1] = y + height * 0.75;
await zoom(4);
await table.measure("thousands of seats as dots", pan);
await zoom(4);
await table.measure("seats as shapes", pan);
await zoom(4);
await table.measure("seats with numbers", pan);
await table.measure(
  "zooming out and in",
  async () => {
    for (const direction of [1, -1, 1, -1]) {
      for (let notch = 0; notch < 10; notch++) {
        await page.mouse.wheel(0, direction * 100);
        await page.waitForTimeout(60);
      }
      await page.waitForTimeout(400);
    }
  },
  false,
);
await browser.close();
if (table.isSlow) console.error(`The 95th percentile is above ${frameMs.toFixed(1)} ms.`);
process.exit(table.isSlow ? 1 : 0);
