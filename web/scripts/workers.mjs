// Fills in what the service workers of dist keep: the files of their app, and a version that changes with any of them.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const dist = join(import.meta.dirname, "..", "dist");

function fill(worker, manifest, page, others) {
  const chunks = Object.values(JSON.parse(readFileSync(join(dist, manifest), "utf8")));
  const built = chunks.flatMap(({ file, css = [], assets = [] }) => [file, ...css, ...assets]);
  const files = [...new Set([...built.filter((file) => file !== worker).map((file) => `/${file}`), ...others])].sort();
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

fill("door-worker.js", "door-manifest.json", "door.html", ["/favicon.svg", "/door.webmanifest"]);
