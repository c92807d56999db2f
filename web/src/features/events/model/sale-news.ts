import type { SaleStatus } from "@/api/types";
import type { MessageKey } from "@/i18n/messages";

export interface SaleState {
  id: string;
  title: string;
  saleStatus: SaleStatus;
  onSaleAt: string;
  status?: "published" | "cancelled" | (string & {});
}

export interface SaleNews {
  key: MessageKey;
  event: string;
}

/** What has become of an event since it was last looked at; the first look, and a sale that goes on, are no news. */
export function newsOf(before: SaleState | undefined, now: SaleState): SaleNews | undefined {
  if (before === undefined || before.id !== now.id) return undefined;
  if (now.status === "cancelled") return before.status === "cancelled" ? undefined : news("news.cancelled", now);
  if (before.saleStatus === now.saleStatus) {
    const isMoved = now.saleStatus === "upcoming" && Date.parse(before.onSaleAt) !== Date.parse(now.onSaleAt);
    return isMoved ? news("news.moved", now) : undefined;
  }
  switch (now.saleStatus) {
    case "onSale":
      return news("news.onSale", now);
    case "soldOut":
      return news("news.soldOut", now);
    case "ended":
      return news("news.ended", now);
    default:
      return news("news.moved", now);
  }
}

function news(key: MessageKey, { title }: SaleState): SaleNews {
  return { key, event: title };
}
