// Fills in what the service workers of dist keep: files of their app, and a version that changes with any of them.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const dist = join(import.meta.dirname, "..", "dist");
const chunksOf = (manifest) => JSON.parse(readFileSync(join(dist, manifest), "utf8"));
const filesOf = (chunks) => chunks.flatMap(({ file, css = [], assets = [] }) => [file, ...css, ...assets]);

function fill(worker, page, names) {
  const files = [...new Set(names)].sort();
  const version = createHash("sha256")
    .update(JSON.stringify(files))
    .update(readFileSync(join(dist, page)))
    .digest("hex")
    .slice(0, 12);
  const path = join(dist, worker);
  const source = readFileSync(path, "utf8");
  const filled = source.replace('["%FILES%"]', JSON.stringify(files)).replace("%VERSION%", version);
  if (!filled.includes(version) || filled.includes("%FILES%")) throw new Error(`${worker} has no place for its files.`);
  writeFileSync(path, filled);
}

/** The door works without a network as a whole. */
function fillDoor() {
  const worker = "door-worker.js";
  const own = filesOf(Object.values(chunksOf("door-manifest.json"))).filter((file) => file !== worker);
  fill(worker, "door.html", [...own.map((file) => `/${file}`), "/favicon.svg", "/door.webmanifest"]);
}

/** What begins each page of the shop, and what shows tickets: not the shop. */
function fillShop() {
  const chunks = chunksOf("manifest.json");
  const names = Object.keys(chunks);
  // The page names it itself: see vite.config.ts.
  const first = names.find((name) => chunks[name].name === "app");
  const kept = new Set();
  const keep = (name) => {
    if (!(name in chunks)) throw new Error(`The build has no ${name}.`);
    if (kept.has(name)) return;
    kept.add(name);
    const { imports = [], dynamicImports = [] } = chunks[name];
    imports.forEach(keep);
    // Parts of these pages that come later, except of the checkout, which shares a file with the tickets. Not those of
    // the first script, which names every page of the shop.
    if (name !== first) dynamicImports.filter((later) => !later.startsWith("src/features/checkout/")).forEach(keep);
  };
  const pages = ["bookings-route", "buying-routes", "transfer-route"].map((name) =>
    names.find((source) => source.startsWith(`src/app/routes/${name}.`)),
  );
  const texts = names.filter((source) => source.startsWith("src/i18n/catalogues/"));
  [first, "style.css", ...pages, ...texts].forEach(keep);
  fill(
    "shop-worker.js",
    "index.html",
    filesOf([...kept].map((name) => chunks[name])).map((file) => `/${file}`),
  );
}

fillDoor();
fillShop();
