import { expect, it } from "vitest";
import { linkOf } from "./reminders";

it.each([
  ["#reminder-end=aB-9_x", { action: "end", token: "aB-9_x" }],
  ["reminder-end=aB", { action: "end", token: "aB" }],
  ["reminder-confirm=aB", { action: "confirm", token: "aB" }],
  ["#reminder-end=", undefined],
  ["reminder-other=aB", undefined],
  ["#main", undefined],
  ["", undefined],
])("linkOf %s", (hash, link) => {
  expect(linkOf(hash)).toEqual(link);
});
