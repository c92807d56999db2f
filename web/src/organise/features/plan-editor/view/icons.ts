import type { AreaIcon } from "../model/document";

/** Strokes in a box of 24 by 24, as the app's other icons have them. */
export const iconPaths: Record<AreaIcon, string> = {
  entrance: "M10 4h8v16h-8M4 12h10M10 8l4 4-4 4",
  exit: "M14 4H6v16h8M10 12h10M16 8l4 4-4 4",
  bar: "M5 5h14l-7 8-7-8ZM12 13v6M8 19h8",
  lift: "M5 3h14v18H5zM12 3v18M8 10l1-2 1 2M14 14l1 2 1-2",
  toilet: "M8 4a1.5 1.5 0 1 1 0 .1M16 4a1.5 1.5 0 1 1 0 .1M8 8l-3 7h2v6h2v-6h2ZM14 8h4v6h-1v7h-2v-7h-1ZM12 3v18",
  firstAid: "M9 3h6v6h6v6h-6v6H9v-6H3V9h6z",
  cloakroom: "M12 9V7.5a2 2 0 1 0-2-2M12 9 3 15.5V18h18v-2.5L12 9",
};
