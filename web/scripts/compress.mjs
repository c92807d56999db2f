// Compresses what the server sends, once and as small as possible, so that no request has to.
import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const dist = join(import.meta.dirname, "..", "dist");
const compressible = new Set([".js", ".css", ".svg", ".txt", ".webmanifest"]);
const minBytes = 512;

for (const name of readdirSync(dist, { recursive: true })) {
  const file = join(dist, name);
  if (!compressible.has(extname(file)) || statSync(file).size < minBytes) continue;
  const content = readFileSync(file);
  writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
  writeFileSync(
    `${file}.br`,
    brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: content.length } }),
  );
}
