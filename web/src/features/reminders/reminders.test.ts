import { expect, it } from "vitest";
import { endingToken } from "./reminders";

it.each([
  ["#reminder-end=aB-9_x", "aB-9_x"],
  ["reminder-end=aB", "aB"],
  ["#reminder-end=", undefined],
  ["#main", undefined],
  ["", undefined],
])("endingToken_of %s", (hash, token) => {
  expect(endingToken(hash)).toBe(token);
});
