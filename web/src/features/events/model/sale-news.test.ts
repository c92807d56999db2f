import { expect, it } from "vitest";
import { newsOf, type SaleState } from "./sale-news";

const before: SaleState = {
  id: "1",
  title: "Midnight Drop",
  saleStatus: "upcoming",
  onSaleAt: "2027-01-01T12:00:00Z",
  status: "published",
};

it.each([
  ["opens", { saleStatus: "onSale" }, "news.onSale"],
  ["sells out", { saleStatus: "soldOut" }, "news.soldOut"],
  ["ends", { saleStatus: "ended" }, "news.ended"],
  ["is put off", { onSaleAt: "2027-01-03T12:00:00Z" }, "news.moved"],
  ["is cancelled", { saleStatus: "ended", status: "cancelled" }, "news.cancelled"],
] as const)("newsOf_sale %s_says so once", (_, change, key) => {
  const now = { ...before, ...change };
  expect(newsOf(before, now)).toEqual({ key, event: "Midnight Drop" });
  expect(newsOf(now, now)).toBeUndefined();
});

it("newsOf_first look, or another event_is no news", () => {
  expect(newsOf(undefined, before)).toBeUndefined();
  expect(newsOf({ ...before, id: "2" }, { ...before, saleStatus: "onSale" })).toBeUndefined();
});
