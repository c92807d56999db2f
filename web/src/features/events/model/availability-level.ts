import type { SaleStatus } from "@/api/types";

/** What a badge says: many left, some, few, none; not yet, or no more. */
export type AvailabilityLevel = "plenty" | "some" | "few" | "soldOut" | "upcoming" | "ended";

interface Places {
  total: number;
  available: number;
}

export function levelOf({ total, available }: Places, saleStatus?: SaleStatus): AvailabilityLevel {
  if (saleStatus === "upcoming" || saleStatus === "ended") return saleStatus;
  if (available <= 0 || total <= 0) return "soldOut";
  const share = available / total;
  if (share > 0.5) return "plenty";
  return share >= 0.1 ? "some" : "few";
}
