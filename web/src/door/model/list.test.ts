import { describe, expect, it } from "vitest";
import { bytesOfId, idOfBytes } from "./bytes";
import { DoorList, unlistedKey, type StoredPart } from "./list";

const entry = { at: "2026-11-30T19:00:00Z", gate: "A", device: "North" };

function id(number: number): string {
  return `019b76da-a800-75fa-aa79-${number.toString(16).padStart(12, "0")}`;
}

/** Tickets from..to: hashes are their numbers. */
function part(number: number, from: number, to: number, changed: Partial<StoredPart> = {}): StoredPart {
  const count = to - from;
  const hashes = new Uint8Array(count * 6);
  const ids = new Uint8Array(count * 16);
  for (let i = 0; i < count; i++) {
    new DataView(hashes.buffer).setUint32(i * 6 + 2, from + i);
    ids.set(bytesOfId(id(from + i)), i * 16);
  }
  return {
    number,
    ids,
    references: hashes,
    codes: Uint8Array.from({ length: count * 16 }, (_, i) =>
      i % 16 === 0 ? 1 : i % 16 < 6 ? (hashes[Math.floor(i / 16) * 6 + (i % 16)] ?? 0) : 7,
    ),
    tiers: new Uint16Array(count),
    counters: new Uint16Array(count),
    labels: Array.from({ length: count }, (_, i) => `Row ${String(from + i)}`),
    names: Array.from({ length: count }, (_, i) => (i === 0 ? "Ada Brook" : "")),
    cancelled: [],
    disputed: [],
    inside: [],
    wentOut: [],
    ...changed,
  };
}

function codeHash(number: number, rest = 7): Uint8Array {
  const bytes = new Uint8Array(16).fill(rest);
  bytes.set([1, 0]);
  new DataView(bytes.buffer).setUint32(2, number);
  return bytes;
}

describe("the door's list", () => {
  it("finds tickets of all parts by each of their hashes and their id", () => {
    const list = new DoorList([part(0, 0, 3), part(1, 3, 5)]);
    expect(list.size).toBe(5);
    for (let i = 0; i < 5; i++) {
      expect(list.findByReference(i)?.id).toBe(id(i));
      expect(list.findByCode(codeHash(i))?.label).toBe(`Row ${String(i)}`);
      expect(list.findByCode(codeHash(i, 8)), "only the first bytes are the same").toBeUndefined();
      expect(list.findById(id(i))?.index).toBe(i);
    }
    expect(list.findByReference(5)).toBeUndefined();
    expect(list.findById(id(9))).toBeUndefined();
    expect(idOfBytes(bytesOfId(id(77)))).toBe(id(77));
  });

  it("counts what happened once, whichever way it is told", () => {
    const list = new DoorList([part(0, 0, 6, { cancelled: [5], inside: [{ number: 0, entry }], wentOut: [1] })]);
    expect(list.counts).toEqual({ tickets: 5, admitted: 2, inside: 1 });
    list.apply({ ticket: id(2), inside: entry, admitted: true });
    list.apply({ ticket: id(2), inside: entry, admitted: true });
    list.apply({ ticket: id(0), inside: undefined, admitted: true });
    expect(list.counts).toEqual({ tickets: 5, admitted: 3, inside: 1 });
    list.apply({ ticket: id(2), inside: undefined, admitted: false });
    expect(list.counts).toEqual({ tickets: 5, admitted: 2, inside: 0 });
    expect(list.findById(id(2))?.inside).toBeUndefined();
  });

  it("remembers tickets that were sold after it was loaded", () => {
    const list = new DoorList([part(0, 0, 1)]);
    list.apply({ ticket: unlistedKey(3), inside: entry, admitted: true, counter: 2 });
    expect(list.findUnlisted(3)).toMatchObject({ counter: 2, inside: entry });
    expect(list.counts).toEqual({ tickets: 1, admitted: 1, inside: 1 });
    // Then the list has it: one ticket, whichever way it is named.
    list.add(part(1, 1, 5));
    expect(list.findUnlisted(3)).toBeUndefined();
    expect(list.idOf(unlistedKey(3))).toBe(id(3));
    expect(list.findById(id(3))).toMatchObject({ counter: 2, inside: entry, label: "Row 3" });
    expect(list.counts).toEqual({ tickets: 5, admitted: 1, inside: 1 });
  });

  it.each([3, 1_200])("takes news of tickets that it has and others in one part of %i", (count) => {
    const list = new DoorList([part(0, 0, 3)]);
    list.apply({ ticket: id(1), inside: entry, admitted: true });
    list.apply({ ticket: id(2), inside: entry, admitted: true });
    list.add(part(1, 1, 1 + count, { cancelled: [0], disputed: [1], names: undefined }));
    expect(list.size).toBe(1 + count);
    expect(list.counts).toEqual({ tickets: count, admitted: 1, inside: 1 });
    expect(list.findById(id(1))).toMatchObject({ isCancelled: true, inside: entry });
    expect(list.findByReference(2)).toMatchObject({ isDisputed: true, inside: entry });
    // Handed on: another holder types another code.
    const codes = Uint8Array.from(codeHash(99));
    list.add(part(2, 2, 3, { counters: Uint16Array.of(1), names: ["Bob"], codes }));
    expect(list.findByCode(codeHash(2))).toBeUndefined();
    expect(list.findByCode(codeHash(99))?.id).toBe(id(2));
    expect(list.findByReference(2)).toMatchObject({ isDisputed: false, counter: 1, name: "Bob" });
    expect(list.search("bob", 5).map((ticket) => ticket.id)).toEqual([id(2)]);
    expect(list.search("row 2", 5)[0]?.id).toBe(id(2));
  });

  it("finds people by parts of their name and seat", () => {
    const list = new DoorList([part(0, 0, 3), part(1, 3, 5)]);
    expect(list.search("ada", 20).map(({ index }) => index)).toEqual([0, 3]);
    expect(list.search("brook 3", 20).map(({ index }) => index)).toEqual([3]);
    expect(list.search("row", 2)).toHaveLength(2);
    expect(list.search("nobody", 20)).toEqual([]);
  });
});
