import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { eventHintOf, isTicketCode, makeVerifier, normalise, readSignedCode } from "./signed-code";
import { outcomeOf, refusalOfStep, type Outcome, type ScanKind } from "./rules";

/** Written by the server's own tests of the format. */
interface Vector {
  code: string;
  publicKey: string;
  eventId: string;
  eventHint: number;
  key: number;
  counter: number;
  reference: string;
}

function read<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../../../fixtures/tickets/${name}.json`, import.meta.url), "utf8")) as T;
}
const vectors = read<Vector[]>("codes");

describe("signed codes", () => {
  it("are read and verified as the server has signed them", async () => {
    expect(vectors.length).toBeGreaterThan(30);
    for (const vector of vectors) {
      const code = readSignedCode(vector.code);
      expect(code).toMatchObject({
        key: vector.key,
        counter: vector.counter,
        reference: vector.reference,
        eventHint: vector.eventHint,
      });
      expect(eventHintOf(vector.eventId)).toBe(vector.eventHint);
      const verify = await makeVerifier(vector.publicKey);
      expect(code && (await verify(vector.eventId, code))).toBe(true);
    }
  });

  it("verify for no other event, with no other key, and not when they were changed", async () => {
    const [first, second] = vectors as [Vector, Vector];
    const verify = await makeVerifier(first.publicKey);
    const code = readSignedCode(first.code);
    const other = readSignedCode(second.code);
    const changed = readSignedCode(first.code.slice(0, -1) + (first.code.endsWith("0") ? "1" : "0"));
    if (code === undefined || other === undefined || changed === undefined) throw new Error("A code was not read.");
    expect(await verify(second.eventId, code)).toBe(false);
    expect(await verify(second.eventId, other)).toBe(false);
    expect(await verify(first.eventId, changed)).toBe(false);
  });

  it("are not what has another length, version or alphabet", () => {
    for (const text of ["", "0".repeat(120), "Z".repeat(120), `!${"0".repeat(119)}`, "0123456789ABCDEF"])
      expect(readSignedCode(text)).toBeUndefined();
  });

  it("are told from what else is before a camera", () => {
    for (const { code } of vectors) expect(isTicketCode(code.toLowerCase())).toBe(true);
    expect(isTicketCode(" k7m-f2qo lI00 abcd-e ")).toBe(true);
    for (const text of ["", "0123456789ABCDE", "0123456789ABCDEU", "https://example.com/ünï", "\0".repeat(16)])
      expect(isTicketCode(text)).toBe(false);
    expect(isTicketCode("0".repeat(4_000))).toBe(false);
  });

  it("are beside codes that people type, in any form", () => {
    expect(normalise(" k7m-f2qo lI ")).toBe("K7MF2Q011");
  });
});

describe("the rules of the door", () => {
  it("find a step as good as the server does", () => {
    const cases = read<{ step: number; now: number; refusal: Outcome | null }[]>("live-steps");
    expect(cases.length).toBe(9);
    for (const { step, now, refusal } of cases) expect(refusalOfStep(step, now)).toBe(refusal ?? undefined);
  });

  it("decide as the server does", () => {
    const cases =
      read<{ kind: ScanKind; refusal: Outcome | null; isInside: boolean; outcome: Outcome }[]>("door-rules");
    expect(cases.length).toBe(18);
    for (const { kind, refusal, isInside, outcome } of cases)
      expect(outcomeOf(kind, refusal ?? undefined, isInside)).toBe(outcome);
  });
});
