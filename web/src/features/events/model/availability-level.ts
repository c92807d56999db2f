import type { SaleStatus } from "@/api/types";

/** What a badge says: many left, some, few, none; not yet, or no more. */
export type AvailabilityLevel = "plenty" | "some" | "few" | "soldOut" | "upcoming" | "ended";

interface Places {
  total: number;
  available: number;
}

/** So few that their number says more than any share of the whole: the last two of two are no plenty. */
const fewPlaces = 5;

export function levelOf({ total, available }: Places, saleStatus?: SaleStatus): AvailabilityLevel {
  if (saleStatus === "upcoming" || saleStatus === "ended") return saleStatus;
  if (available <= 0 || total <= 0) return "soldOut";
  if (available <= fewPlaces) return "few";
  const share = available / total;
  if (share > 0.5) return "plenty";
  return share >= 0.1 ? "some" : "few";
}
