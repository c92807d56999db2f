import { readFileSync } from "node:fs";
import { decodeQR } from "qr/decode.js";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { makeVerifier, readSignedCode } from "@/door/model/signed-code";
import { makeLiveCodes, type LiveTicket } from "./live-code";
import { isSure, readClock, timeBy } from "./phone-clock";
import { qrPathOf } from "./qr-path";

/** Written by the server's own tests of the format. */
interface Vector extends Pick<LiveTicket, "eventId" | "ticket" | "holderKey"> {
  step: number;
  code: string;
  publicKey: string;
  eventHint: number;
  key: number;
  counter: number;
  reference: string;
}

const vectors = JSON.parse(
  readFileSync(new URL("../../../../fixtures/tickets/live-codes.json", import.meta.url), "utf8"),
) as Vector[];
const [first, second] = vectors as [Vector, Vector];

afterEach(() => vi.unstubAllGlobals());

describe("codes that are shown live", () => {
  it.each(["the browser", "the library"])("are made as the server reads them, by %s", async (by) => {
    if (by === "the library")
      vi.spyOn(crypto.subtle, "importKey").mockRejectedValue(new DOMException("Unrecognized", "NotSupportedError"));
    expect(vectors.length).toBe(20);
    for (const vector of vectors) expect(await (await makeLiveCodes(vector))(vector.step)).toBe(vector.code);
    vi.restoreAllMocks();
  });

  it("are read and verified by the door", async () => {
    for (const vector of vectors) {
      const code = readSignedCode(vector.code);
      const { key, counter, reference, eventHint, step } = vector;
      expect(code).toMatchObject({ key, counter, reference, eventHint, live: { step } });
      const verify = await makeVerifier(vector.publicKey);
      expect(code && (await verify(vector.eventId, code))).toBe(true);
      expect(code && (await verify(second.eventId, code))).toBe(vector === second);
    }
  });

  it("verify for no other step, holder or event key", async () => {
    const verify = await makeVerifier(first.publicKey);
    const code = readSignedCode(first.code);
    if (code?.live === undefined) throw new Error("The code was not read.");
    expect(await verify(first.eventId, { ...code, live: { ...code.live, step: code.live.step + 1 } })).toBe(false);
    const another = readSignedCode(second.code)?.live;
    expect(another && (await verify(first.eventId, { ...code, live: another }))).toBe(false);
    // A step that another holder has signed, behind this ticket's own beginning.
    const forged = await (await makeLiveCodes({ ...first, holderKey: second.holderKey }))(first.step);
    const read = readSignedCode(forged);
    expect(read && (await verify(first.eventId, read))).toBe(false);
    const elsewhere = await makeVerifier(second.publicKey);
    expect(await elsewhere(first.eventId, code)).toBe(false);
  });

  it("are QR codes that a camera reads where they fill half of a small picture", () => {
    const { size, path } = qrPathOf(first.code);
    expect(size).toBe(49 + 8);
    const [width, scale] = [640, Math.floor(320 / size)];
    const data = new Uint8Array(width * width * 4).fill(255);
    // Each part of the path is a run of dark modules.
    for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1H\d+z/g))
      for (let row = 0; row < scale; row++)
        data.fill(
          0,
          4 * (((Number(y) + 20) * scale + row) * width + (Number(x) + 20) * scale),
          4 * (((Number(y) + 20) * scale + row) * width + (Number(x) + 20 + Number(length)) * scale),
        );
    for (let i = 3; i < data.length; i += 4) data[i] = 255;
    expect(decodeQR({ width, height: width, data })).toBe(first.code);
  });
});

describe("the phone's clock", () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ["Date", "performance"], now: 1_000_000_000_000 }));
  afterEach(() => vi.useRealTimers());

  it("is corrected by the server's, however far off it is", () => {
    const askedAt = Date.now() - 200;
    const reading = readClock(new Date(Date.now() + 86_400_000 - 100).toISOString(), askedAt);
    expect(timeBy(reading)).toBe(Date.now() + 86_400_000);
    expect(isSure(reading)).toBe(true);
    vi.advanceTimersByTime(60_000);
    expect(isSure(reading)).toBe(true);
  });

  it("is not sure any more once somebody has set it", () => {
    const reading = readClock(new Date().toISOString(), Date.now());
    vi.setSystemTime(Date.now() + 86_400_000);
    expect(isSure(reading)).toBe(false);
  });
});
