import { describe, expect, it } from "vitest";
import { readBookingsSearch } from "./bookings-search";

describe("the address of the bookings", () => {
  it("asks for the past ones, or says nothing", () => {
    expect(readBookingsSearch({ show: "past" })).toEqual({ show: "past" });
    expect(readBookingsSearch({})).toEqual({});
    expect(readBookingsSearch({ show: "upcoming" })).toEqual({});
    expect(readBookingsSearch({ show: ["past"], page: 2 })).toEqual({});
  });
});
