import { useEffect, useRef, useState } from "react";
import type { Money } from "@/api/types";
import { useI18n } from "@/i18n/i18n";
import styles from "./price-range.module.css";

interface PriceRangeProps {
  label: string;
  /** What the ends can be at, rising: at least two. The first and the last leave nothing out. */
  stops: readonly Money[];
  /** Indexes of stops. */
  value: readonly [number, number];
  /** Called once the ends stay where they are for a moment. */
  onChange: (value: readonly [number, number]) => void;
}

const settledMs = 250;

/** Two sliders on one track: each is the browser's own, for arrow keys, a finger and a screen reader. */
export function PriceRange({ label, stops, value, onChange }: PriceRangeProps) {
  const { t, format } = useI18n();
  const [moved, setMoved] = useState<readonly [number, number]>();
  const latest = useRef(onChange);
  useEffect(() => {
    latest.current = onChange;
  });
  useEffect(() => {
    if (moved === undefined) return;
    const timer = setTimeout(() => {
      latest.current(moved);
      setMoved(undefined);
    }, settledMs);
    return () => clearTimeout(timer);
  }, [moved]);
  const last = stops.length - 1;
  const [from, to] = (moved ?? value).map((index) => Math.max(0, Math.min(last, index))) as [number, number];
  const nameOf = (index: number): string => {
    const price = stops[index];
    if (price === undefined) return "";
    return price.amount === 0 ? t("price.free") : format.money(price);
  };
  const text =
    from === 0 && to === last ? t("events.anyPrice") : t("price.range", { from: nameOf(from), to: nameOf(to) });
  const slider = (end: 0 | 1) => (
    <input
      type="range"
      min={0}
      max={last}
      step={1}
      value={end === 0 ? from : to}
      aria-label={t(end === 0 ? "price.least" : "price.most")}
      aria-valuetext={nameOf(end === 0 ? from : to)}
      // Where both are at the upper end, only the lower one can still be moved.
      data-above={end === 0 && from > last / 2}
      onChange={({ currentTarget }) => {
        const at = Number(currentTarget.value);
        setMoved(end === 0 ? [Math.min(at, to), to] : [from, Math.max(at, from)]);
      }}
    />
  );
  return (
    <div className={styles.range} role="group" aria-label={label}>
      <span className={styles.text}>
        <span>{label}</span> <span className="num">{text}</span>
      </span>
      <div className={styles.track}>
        <span style={{ insetInline: `${String((from / last) * 100)}% ${String(100 - (to / last) * 100)}%` }} />
        {slider(0)}
        {slider(1)}
      </div>
    </div>
  );
}
