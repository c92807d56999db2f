/** The events of the first views that src/prerender.tsx draws: with seats, and with places by quantity. */
export const shellSlugs = { seats: "shell", quantities: "shell-quantities" };
