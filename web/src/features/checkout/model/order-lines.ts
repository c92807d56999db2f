import type { Booking } from "@/api/types";

type Item = Booking["items"][number];

export interface OrderLine {
  label: string;
  price: Item["price"];
  count: number;
}

/** Places without numbers read alike: two of a tier are one line, as they were chosen. */
export function orderLines(items: readonly Item[]): OrderLine[] {
  const lines = new Map<string, OrderLine>();
  for (const { label, price } of items) {
    const line = lines.get(label);
    if (line === undefined) lines.set(label, { label, price, count: 1 });
    else line.count++;
  }
  return [...lines.values()];
}
