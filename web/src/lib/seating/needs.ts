import type { SeatLayout } from "./seat-layout";

/** What a party may need of its seats, as the API names it. */
export const seatNeeds = ["wheelchair", "aisle", "fullView"] as const;
export type SeatNeed = (typeof seatNeeds)[number];

/** Bits of a seat map's attributes. */
export const SeatAttribute = { wheelchair: 1, companion: 2, restrictedView: 4, aisle: 8 } as const;

const reserved = SeatAttribute.wheelchair | SeatAttribute.companion;

/** None of a party's seats has any of the first, and together they have all of the second. */
export interface SeatWish {
  excluded: number;
  required: number;
}

/** The server's rule for the best available seats. */
export function wishOf(need: SeatNeed | undefined, isReserved: boolean): SeatWish {
  return {
    excluded:
      (need !== "wheelchair" && isReserved ? reserved : 0) | (need === "fullView" ? SeatAttribute.restrictedView : 0),
    required: need === "wheelchair" ? SeatAttribute.wheelchair : need === "aisle" ? SeatAttribute.aisle : 0,
  };
}

/** The needs that a hall can tell anything about. */
export function needsOf({ attributes }: SeatLayout): SeatNeed[] {
  if (attributes === undefined) return [];
  const all = attributes.reduce((known, bits) => known | bits, 0);
  const known: Record<SeatNeed, number> = {
    wheelchair: SeatAttribute.wheelchair,
    aisle: SeatAttribute.aisle,
    fullView: SeatAttribute.restrictedView,
  };
  return seatNeeds.filter((need) => (all & known[need]) !== 0);
}

/** The seats that are looked at: 1 by ordinal. */
export function maskOf({ attributes }: SeatLayout, need: SeatNeed): Uint8Array | undefined {
  return attributes?.map((bits) =>
    Number(
      need === "fullView"
        ? (bits & (SeatAttribute.restrictedView | reserved)) === 0
        : (bits & (need === "wheelchair" ? reserved : SeatAttribute.aisle)) !== 0,
    ),
  );
}

/** Whether a seat may be one of a party that needs this, and is not kept for others. */
export function mayTake({ attributes }: SeatLayout, need: SeatNeed | undefined, isReserved: boolean) {
  const { excluded } = wishOf(need, isReserved);
  const isOnly = need === "wheelchair";
  return (seat: number): boolean => {
    const bits = attributes?.[seat] ?? 0;
    return (bits & excluded) === 0 && (!isOnly || (bits & reserved) !== 0);
  };
}

/** Places for wheelchairs and their companions belong together, and to no other party. */
export function isReservedSeat({ attributes }: SeatLayout, seat: number): boolean {
  return ((attributes?.[seat] ?? 0) & reserved) !== 0;
}
