import { tierColour } from "@/ui/tier-colour";
import type { Point, Size } from "../model/camera";
import styles from "./hover-card.module.css";

export interface HoverFacts {
  title: string;
  detail: string;
  note: string;
  colour: string | undefined;
}

/** What is under the mouse. For the eye only: the list says the same in words. */
export function HoverCard({ facts, at, within }: { facts: HoverFacts; at: Point; within: Size }) {
  const isLow = at.y > within.height * 0.6;
  const x = Math.min(Math.max(at.x, 120), Math.max(within.width - 120, 120));
  return (
    <div
      className={styles.card}
      data-above={isLow}
      aria-hidden="true"
      style={{ transform: `translate(${Math.round(x)}px, ${Math.round(at.y)}px)` }}
    >
      <div>
        <strong>{facts.title}</strong>
        <span className="num">
          {facts.colour !== undefined && <i style={{ backgroundColor: tierColour(facts.colour) }} />}
          {facts.detail}
        </span>
        {facts.note !== "" && <em>{facts.note}</em>}
      </div>
    </div>
  );
}
