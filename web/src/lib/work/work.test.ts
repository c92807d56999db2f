import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { sha256 } from "./sha256";
import { findNumber } from "./find-number";

const reference = (text: string) => createHash("sha256").update(text).digest("hex");

describe("proof of work", () => {
  it("hashes as the standard says, at every length around a block", () => {
    for (let length = 0; length <= 200; length++) {
      const text = "abcdefghij".repeat(20).slice(0, length);
      expect(sha256(text)).toBe(reference(text));
    }
  });

  it("finds the number, also the first and the last, and says when there is none", () => {
    const salt = "9f3a?expires=1&action=guest&max=500";
    for (const number of [0, 1, 333, 500]) {
      const challenge = {
        algorithm: "SHA-256",
        challenge: reference(`${salt}${number}`),
        maxnumber: 500,
        salt,
        signature: "",
      };
      expect(findNumber(challenge)).toBe(number);
    }
    expect(
      findNumber({ algorithm: "SHA-256", challenge: reference(`${salt}501`), maxnumber: 500, salt, signature: "" }),
    ).toBeUndefined();
  });
});
