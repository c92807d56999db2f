// Draws the icons of the installed apps into public/icons, from public/favicon.svg: run again when that changes.
//   npm run icons [-- --chromium /usr/bin/chromium]
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";

const { values: options } = parseArgs({ options: { chromium: { type: "string", default: "/usr/bin/chromium" } } });
const folder = join(import.meta.dirname, "..", "public");
const logo = readFileSync(join(folder, "favicon.svg"), "utf8");
const [indigo, ink] = ["#4338ca", "#1a1a22"];

/** Devices cut a maskable icon to their own shape: the ticket stays within its inner circle, and there are no corners. */
const maskable = (svg) => svg.replace('rx="8"', "").replace('viewBox="0 0 32 32"', 'viewBox="3 3 26 26"');
const inner = (svg) =>
  maskable(svg)
    .replace('viewBox="3 3 26 26"', 'viewBox="0 0 32 32"')
    .replace(
      /(<rect[^>]*>)(.*)<\/svg>/s,
      '$1<g transform="translate(16 16) scale(.86) translate(-16 -16)">$2</g></svg>',
    );

/** An app of staff beside the shop on one phone: told apart by its ground. */
const ofDoor = (svg) => svg.replaceAll(indigo, ink);

const icons = [
  ["shop-192", 192, logo],
  ["shop-512", 512, logo],
  ["shop-maskable-512", 512, inner(logo)],
  ["shop-apple-180", 180, maskable(logo)],
  ["door-192", 192, ofDoor(logo)],
  ["door-512", 512, ofDoor(logo)],
  ["door-maskable-512", 512, ofDoor(inner(logo))],
  ["door-apple-180", 180, ofDoor(maskable(logo))],
];

mkdirSync(join(folder, "icons"), { recursive: true });
const browser = await chromium.launch({ executablePath: options.chromium, args: ["--no-sandbox", "--disable-gpu"] });
try {
  for (const [name, size, svg] of icons) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    const image = `data:image/svg+xml,${encodeURIComponent(svg)}`;
    await page.setContent(
      `<body style="margin:0"><img src="${image}" width="${size}" height="${size}" style="display:block">`,
    );
    const png = await page.screenshot({ omitBackground: true });
    writeFileSync(join(folder, "icons", `${name}.png`), png);
    await page.close();
    console.log(`${name}.png  ${png.length} bytes`);
  }
} finally {
  await browser.close();
}
