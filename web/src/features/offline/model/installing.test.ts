import { expect, it } from "vitest";
import { canInstallBySharing } from "./installing";

const webKit = "AppleWebKit/605.1.15 (KHTML, like Gecko)";
const iPhone = `Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) ${webKit} Version/18.0 Mobile/15E148 Safari/604.1`;
const mac = `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${webKit} Version/18.0 Safari/605.1.15`;

it.each([
  ["an iPhone", iPhone, 5, true],
  ["an iPad, which says it is a Mac", mac, 5, true],
  ["a Mac", mac, 0, false],
  ["an app's own view", iPhone.replace(" Safari/604.1", ""), 5, false],
  ["Android", "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/131.0.0.0 Mobile Safari/537.36", 5, false],
])("canInstallBySharing_%s", (_, userAgent, maxTouchPoints, expected) => {
  expect(canInstallBySharing({ userAgent, maxTouchPoints }, false)).toBe(expected);
  expect(canInstallBySharing({ userAgent, maxTouchPoints }, true)).toBe(false);
});
