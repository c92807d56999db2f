// Fails when a route loads more gzipped script at first than it may: entry, its imports, the route and a catalogue.
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const dist = join(import.meta.dirname, "..", "dist");
const manifest = JSON.parse(readFileSync(join(dist, "manifest.json"), "utf8"));
const buyerRouteBytes = 180 * 1024;
const seatMapBytes = 30 * 1024;

/** The chunk and everything that it imports statically. */
function withImports(name, seen = new Set()) {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const imported of manifest[name]?.imports ?? []) withImports(imported, seen);
  return seen;
}

function gzippedBytes(names) {
  return [...names]
    .map((name) => manifest[name].file)
    .filter((file) => file.endsWith(".js"))
    .reduce((sum, file) => sum + sizeOf(join(dist, file)), 0);
}

function sizeOf(file) {
  try {
    return statSync(`${file}.gz`).size;
  } catch {
    return statSync(file).size;
  }
}

// The page names these itself: see vite.config.ts.
const entry = withImports(Object.keys(manifest).find((name) => manifest[name].name === "app"));
const catalogues = Object.keys(manifest).filter((name) => name.startsWith("src/i18n/catalogues/"));
const catalogue = Math.max(...catalogues.map((name) => gzippedBytes([name])));
const routes = Object.keys(manifest).filter((name) => name.startsWith("src/app/routes/"));
if (routes.length === 0 || catalogues.length === 0) throw new Error("The manifest names no routes or no catalogues.");

let over = false;
const report = (name, bytes, limit) => {
  over ||= bytes > limit;
  const kilobytes = (bytes / 1024).toFixed(1).padStart(6);
  console.log(`${kilobytes} KB of ${limit / 1024} KB  ${name}${bytes > limit ? "  OVER BUDGET" : ""}`);
};
report("the pages that visitors arrive on", gzippedBytes(entry) + catalogue, buyerRouteBytes);
for (const route of routes.sort()) {
  report(route, gzippedBytes(new Set([...entry, ...withImports(route)])) + catalogue, buyerRouteBytes);
}
const seatMap = "src/features/seat-map/index.tsx";
if (manifest[seatMap]) {
  const own = [...withImports(seatMap)].filter((name) => !entry.has(name));
  report(seatMap, gzippedBytes(own), seatMapBytes);
}
process.exit(over ? 1 : 0);
