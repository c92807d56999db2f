import type { ReactNode } from "react";
import { tierColour } from "@/ui/tier-colour";
import type { Point, Size } from "../model/camera";
import styles from "./facts-card.module.css";

export interface CardFacts {
  title: string;
  detail: string;
  note: string;
  colour: string | undefined;
}

interface FactsCardProps {
  facts: CardFacts;
  at: Point;
  within: Size;
  /** Above the point, where a finger does not hide it, as far as there is room. */
  isTouch?: boolean;
  /** What can be pressed. Without any, it is for the eye only: the list says the same in words. */
  children?: ReactNode;
}

const halfWidth = 128;
/** A card with buttons is so high. */
const roomAbove = 150;

/** What is under the mouse or the finger. */
export function FactsCard({ facts, at, within, isTouch = false, children }: FactsCardProps) {
  const isAbove = isTouch ? at.y > Math.min(roomAbove, within.height / 2) : at.y > within.height * 0.6;
  // The map may have become lower meanwhile.
  const y = Math.min(at.y, within.height - 8);
  const x = Math.min(Math.max(at.x, halfWidth), Math.max(within.width - halfWidth, halfWidth));
  const hasButtons = children !== undefined;
  return (
    <div
      className={styles.card}
      data-above={isAbove}
      data-buttons={hasButtons}
      aria-hidden={hasButtons ? undefined : "true"}
      role={hasButtons ? "group" : undefined}
      aria-label={hasButtons ? facts.title : undefined}
      style={{ transform: `translate(${Math.round(x)}px, ${Math.round(y)}px)` }}
    >
      <div>
        <strong>{facts.title}</strong>
        <span className="num">
          {facts.colour !== undefined && <i style={{ backgroundColor: tierColour(facts.colour) }} />}
          {facts.detail}
        </span>
        {facts.note !== "" && <em>{facts.note}</em>}
        {children}
      </div>
    </div>
  );
}
