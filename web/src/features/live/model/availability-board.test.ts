import { describe, expect, it } from "vitest";
import { AvailabilityBoard, SeatState, unpackSeats } from "./availability-board";

const tiers = [{ id: "a", total: 8, available: 5 }];
const base64 = (...bytes: number[]) => btoa(String.fromCharCode(...bytes));

describe("the availability board", () => {
  it("unpacks two bits a seat, lowest bits first", () => {
    expect([...unpackSeats(base64(0b11_10_01_00, 0b00_00_00_10))]).toEqual([0, 1, 2, 3, 2, 0, 0, 0]);
  });

  it("takes changes that build on what it has", () => {
    const board = new AvailabilityBoard();
    board.replace({ version: 5, seats: base64(0), tiers });
    expect(board.apply({ version: 7, from: 5, held: [1], sold: [3], tiers: [{ id: "a", available: 3 }] })).toBe(true);
    expect(board.version).toBe(7);
    expect(board.places.stateOf(1)).toBe(SeatState.held);
    expect(board.places.stateOf(3)).toBe(SeatState.sold);
    expect(board.places.tiers.get("a")).toEqual({ total: 8, available: 3 });
  });

  it("leaves an earlier snapshot as it was", () => {
    const board = new AvailabilityBoard();
    expect(board.places.isKnown).toBe(false);
    board.replace({ version: 5, seats: base64(0), tiers });
    const before = board.places;
    board.apply({ version: 6, from: 5, sold: [1], tiers: [{ id: "a", available: 4 }] });
    expect(before.stateOf(1)).toBe(SeatState.available);
    expect(before.tiers.get("a")?.available).toBe(5);
    expect(board.places.stateOf(1)).toBe(SeatState.sold);
    expect(board.places.isKnown).toBe(true);
  });

  it("notices a gap and changes nothing", () => {
    const board = new AvailabilityBoard();
    board.replace({ version: 5, seats: base64(0), tiers });
    expect(board.apply({ version: 9, from: 8, sold: [0], tiers: [] })).toBe(false);
    expect(board.version).toBe(5);
    expect(board.places.stateOf(0)).toBe(SeatState.available);
  });

  it("ignores what it knows already", () => {
    const board = new AvailabilityBoard();
    board.replace({ version: 5, seats: base64(0), tiers });
    expect(board.apply({ version: 4, from: 3, sold: [0], tiers: [] })).toBe(true);
    board.replace({ version: 3, seats: base64(255), tiers });
    expect(board.places.stateOf(0)).toBe(SeatState.available);
  });
});
