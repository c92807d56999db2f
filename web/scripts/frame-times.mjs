// What the scripts that measure frames share: a browser whose page notes each frame, and the table of what it noted.
/* global window, performance */
import { chromium } from "playwright-core";

export const frameMs = 1000 / 60;
// A display's clock and the browser's differ by so much.
const toleranceMs = 0.4;

export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** A page that notes when each frame begins, and how long its callbacks take, once it is told to. */
export async function openMeasuredPage(executablePath, pageOptions) {
  const browser = await chromium.launch({
    executablePath,
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
  });
  const page = await browser.newPage(pageOptions);
  await page.addInitScript(() => {
    const request = window.requestAnimationFrame.bind(window);
    const record = (window.frames60 = { isOn: false, starts: [], work: [] });
    window.requestAnimationFrame = (callback) =>
      request((now) => {
        const started = performance.now();
        callback(now);
        if (record.isOn) record.work.push(performance.now() - started);
      });
    const watch = (now) => {
      if (record.isOn) record.starts.push(now);
      request(watch);
    };
    request(watch);
  });
  return { browser, page };
}

/** Measures acts and prints a line of a table for each; says at the end whether one was too slow. */
export class FrameTable {
  isSlow = false;

  /** `limitMs`: what the 95th percentile of the times between frames, and of the work in them, may be. */
  constructor(page, caption, limitMs = frameMs) {
    this.page = page;
    this.limitMs = limitMs;
    console.log(`| ${caption} | frames | between frames p50 | p95 | p99 | work p50 | p95 | p99 | longest |`);
    console.log("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
  }

  async measure(name, act, hasLimit = true) {
    await this.page.evaluate(() => Object.assign(window.frames60, { isOn: true, starts: [], work: [] }));
    await act();
    const { starts, work } = await this.page.evaluate(() => Object.assign(window.frames60, { isOn: false }));
    const deltas = starts.slice(1).map((start, index) => start - starts[index]);
    const figures = [
      ...[0.5, 0.95, 0.99].map((p) => percentile(deltas, p)),
      ...[0.5, 0.95, 0.99, 1].map((p) => percentile(work, p)),
    ];
    console.log(`| ${name} | ${deltas.length} | ${figures.map((figure) => figure.toFixed(1)).join(" | ")} |`);
    this.isSlow ||=
      hasLimit && (percentile(deltas, 0.95) > this.limitMs + toleranceMs || percentile(work, 0.95) > this.limitMs);
  }
}
