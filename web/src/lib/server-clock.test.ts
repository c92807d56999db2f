import { beforeEach, expect, it, vi } from "vitest";

beforeEach(() => {
  vi.resetModules();
  vi.useFakeTimers({ now: Date.parse("2027-01-01T12:00:00Z"), toFake: ["Date", "performance"] });
});

const header = (offsetMs: number) => new Date(Date.now() + offsetMs).toUTCString();

it("serverNow_device clock five minutes slow_follows the server", async () => {
  const { noteServerTime, serverNow } = await import("./server-clock");
  noteServerTime(header(300_000), Date.now());
  expect(serverNow() - Date.now()).toBe(300_500);
});

it("serverNow_answer from a cache after a fresh one_keeps the later time", async () => {
  const { noteServerTime, serverNow } = await import("./server-clock");
  noteServerTime(header(0), Date.now());
  noteServerTime(header(-30_000), Date.now());
  expect(serverNow()).toBe(Date.now());
});

it("serverNow_device clock set while the page is open_forgets what was measured before", async () => {
  const { noteServerTime, serverNow } = await import("./server-clock");
  noteServerTime(header(0), Date.now());
  const server = Date.now();
  // The clock jumps; what counts since the page was opened does not.
  const opened = performance.now();
  vi.setSystemTime(server + 480_000);
  vi.spyOn(performance, "now").mockReturnValue(opened);
  noteServerTime(new Date(server).toUTCString(), Date.now());
  expect(Math.abs(serverNow() - server)).toBeLessThan(1000);
});

it("noteServerTime_no date or an unreadable one_changes nothing", async () => {
  const { noteServerTime, serverNow } = await import("./server-clock");
  noteServerTime(null, Date.now());
  noteServerTime("soon", Date.now());
  expect(serverNow()).toBe(Date.now());
});
