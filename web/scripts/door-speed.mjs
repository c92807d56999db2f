// Measures the door's app in a browser whose processor is slowed down: loading a list, opening anew without a network,
// and answering scans. Needs a built dist. Usage: node scripts/door-speed.mjs [tickets] [slowdown]
/* global document, navigator, performance, crypto, atob, Buffer, Event, HTMLInputElement, MutationObserver,
   requestAnimationFrame, setTimeout */
import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { chromium } from "playwright-core";

const tickets = Number(process.argv[2] ?? 100_000);
const slowdown = Number(process.argv[3] ?? 6);
const partTickets = 5_000;
const scans = 200;
const dist = new URL("../dist/", import.meta.url);
const types = { js: "text/javascript", css: "text/css", svg: "image/svg+xml", woff2: "font/woff2" };
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

const eventId = "019b76da-a800-75fa-aa79-b1bda91fdef2";
const eventBytes = Buffer.from(eventId.replaceAll("-", ""), "hex");
const keys = generateKeyPairSync("ed25519");
const publicKey = keys.publicKey.export({ format: "der", type: "spki" }).subarray(-32).toString("base64");
const codes = Array.from({ length: tickets }, () => [...randomBytes(16)].map((byte) => alphabet[byte & 31]).join(""));
const hash = (text, bytes) => createHash("sha256").update(eventBytes).update(text).digest().subarray(0, bytes);

/** As the server writes it: Delivery/Tickets/SignedCode.cs. */
function signed(code) {
  const payload = Buffer.alloc(13);
  payload[0] = 1 << 5;
  eventBytes.copy(payload, 1, 13);
  let reference = 0n;
  for (const character of code.slice(0, 12)) reference = (reference << 5n) | BigInt(alphabet.indexOf(character));
  payload.writeBigUInt64BE(reference, 5);
  const message = Buffer.concat([Buffer.from("onsale ticket\n"), eventBytes, payload]);
  const bytes = Buffer.concat([payload, sign(null, message, keys.privateKey)]);
  return BigInt(`0x${bytes.toString("hex")}`)
    .toString(36)
    .toUpperCase()
    .padStart(120, "0");
}

const state = () => ({
  serverTime: new Date().toISOString(),
  changesAfter: "1",
  listVersion: 1,
  keys: [{ number: 0, publicKey, createdAt: new Date().toISOString(), revoked: false }],
});

function part(number) {
  const from = number * partTickets;
  const own = codes.slice(from, from + partTickets);
  return JSON.stringify({
    ids: randomBytes(16 * own.length).toString("base64"),
    references: Buffer.concat(own.map((code) => hash(code.slice(0, 12), 6))).toString("base64"),
    codes: Buffer.concat(own.map((code) => hash(code, 16))).toString("base64"),
    tiers: own.map((_, i) => i % 4),
    labels: own.map((_, i) => `Lower circle, row ${Math.floor((from + i) / 40)}, seat ${(from + i) % 40}`),
    names: own.map((_, i) => `Somebody Number ${from + i}`),
    counters: own.map(() => 0),
    cancelled: [],
    disputed: [],
    inside: [],
    wentOut: [],
    ...(from + partTickets < tickets
      ? { next: `019b76da-a800-75fa-aa79-${String(number + 1).padStart(12, "0")}` }
      : {}),
  });
}
const parts = Array.from({ length: Math.ceil(tickets / partTickets) }, (_, number) => part(number));
const answers = {
  pair: () => ({ token: "t", deviceId: eventId, device: "Gate" }),
  event: () => ({
    deviceId: eventId,
    device: "Gate",
    eventId,
    event: "Measured",
    startsAt: new Date().toISOString(),
    timeZone: "UTC",
    tiers: ["A", "B", "C", "D"],
    showsNames: true,
    tickets,
    others: [],
    state: state(),
  }),
  changes: () => ({ state: state(), reload: false, tickets: [], conflicts: [] }),
};

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url, "http://localhost");
  const name = /^\/api\/v1\/door\/(.*)$/.exec(pathname)?.[1];
  if (name !== undefined) {
    response.setHeader("Content-Type", "application/json");
    if (name === "tickets") response.end(parts[Number(searchParams.get("after")?.slice(-12) ?? 0)]);
    else if (name in answers) response.end(JSON.stringify(answers[name]()));
    else response.writeHead(503).end("{}");
    return;
  }
  const file = new URL(pathname === "/door" ? "door.html" : pathname.slice(1), dist);
  if (!existsSync(file)) {
    response.writeHead(404).end();
    return;
  }
  response.setHeader("Content-Type", types[pathname.split(".").pop()] ?? "text/html");
  response.end(readFileSync(file));
}).listen(0);
const address = `http://localhost:${server.address().port}`;

const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--js-flags=--expose-gc"],
});
const context = await browser.newContext({ viewport: { width: 412, height: 915 } });
const page = await context.newPage();
page.setDefaultTimeout(120_000);
const tools = await context.newCDPSession(page);
await tools.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
const report = (name, value) => console.log(`${name.padEnd(48)} ${value}`);
const heapMegabytes = async () => {
  await page.evaluate(() => globalThis.gc());
  return ((await page.evaluate(() => performance.memory.usedJSHeapSize)) / 1048576).toFixed(1);
};

report(`${tickets} tickets, processor slowed`, `${slowdown} times`);
let started = performance.now();
await page.goto(`${address}/door#pair=x`);
await page.waitForSelector(".answer");
report("pairing and loading the list", `${((performance.now() - started) / 1000).toFixed(2)} s`);
report("script's memory with the list", `${await heapMegabytes()} MB`);
await page.evaluate(() => navigator.serviceWorker.ready);
await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
await context.setOffline(true);
started = performance.now();
await page.reload();
await page.waitForSelector(".answer");
report("opening anew without a network", `${((performance.now() - started) / 1000).toFixed(2)} s`);
report("script's memory after that", `${await heapMegabytes()} MB`);

// From the press of Enter to the answer on the page, which is on the disk by then.
const times = await page.evaluate(async (texts) => {
  const field = document.querySelector(".scan input");
  const form = document.querySelector(".scan");
  const answer = document.querySelector(".answer");
  const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
  const measured = [];
  for (const text of texts) {
    setValue.call(field, text);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    const from = performance.now();
    const answered = new Promise((done) => {
      const watcher = new MutationObserver(() => {
        if (answer.dataset.tone !== "good") return;
        watcher.disconnect();
        done();
      });
      watcher.observe(answer, { attributes: true, childList: true, subtree: true });
    });
    form.requestSubmit();
    // The answer before goes first.
    await new Promise((done) => {
      const look = () => (answer.dataset.tone === "none" ? done() : setTimeout(look));
      look();
    });
    await answered;
    measured.push(performance.now() - from);
  }
  return measured;
}, codes.slice(0, scans).map(signed));
times.sort((one, other) => one - other);
const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))].toFixed(1);
report(`answering ${scans} signed codes: median`, `${at(0.5)} ms`);
report("95 of 100 within", `${at(0.95)} ms`);
report("slowest", `${at(1)} ms`);

// The signature alone, without reading, looking up, keeping and showing.
const alone = await page.evaluate(
  async ([key, signatures]) => {
    const bytes = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    const imported = await crypto.subtle.importKey("raw", bytes(key), { name: "Ed25519" }, false, ["verify"]);
    const measured = [];
    for (const [message, signature] of signatures) {
      const from = performance.now();
      if (!(await crypto.subtle.verify("Ed25519", imported, bytes(signature), bytes(message))))
        throw new Error("wrong");
      measured.push(performance.now() - from);
    }
    return measured.sort((one, other) => one - other);
  },
  [
    publicKey,
    Array.from({ length: scans }, () => {
      const message = randomBytes(43);
      return [message.toString("base64"), sign(null, message, keys.privateKey).toString("base64")];
    }),
  ],
);
report("checking a signature alone: 95 of 100 within", `${alone[Math.floor(scans * 0.95)].toFixed(1)} ms`);
await browser.close();
server.close();
