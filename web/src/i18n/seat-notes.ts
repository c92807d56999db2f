import { SeatAttribute } from "@/lib/seating/needs";
import type { Translate } from "./i18n";

/** What is special about seats, in words. */
export function seatNotes(attributes: number, t: Translate): string[] {
  return (["wheelchair", "companion", "restrictedView"] as const)
    .filter((name) => (attributes & SeatAttribute[name]) !== 0)
    .map((name) => t(`seatNote.${name}`));
}
