import { expect, it } from "vitest";
import { announcedMark, clockText, pauseHoldTime, secondsLeft } from "./hold-time";

it("counts a hold down to nothing and no further", () => {
  const now = Date.parse("2027-01-01T00:00:00Z");
  expect(secondsLeft("2027-01-01T00:09:05Z", now)).toBe(545);
  expect(secondsLeft("2026-12-31T23:59:59Z", now)).toBe(0);
});

it("stands still while nothing can be changed", () => {
  const since = Date.parse("2027-01-01T00:00:00Z");
  pauseHoldTime(since);
  expect(secondsLeft("2027-01-01T00:00:30Z", since + 600_000)).toBe(30);
  pauseHoldTime();
  expect(secondsLeft("2027-01-01T00:00:30Z", since + 600_000)).toBe(0);
});

it("writes minutes and seconds", () => {
  expect(clockText(545)).toBe("9:05");
  expect(clockText(0)).toBe("0:00");
});

it("speaks at marks only", () => {
  expect([400, 300, 200, 119, 45, 10].map(announcedMark)).toEqual([undefined, 300, 300, 120, 60, 30]);
});
