import { memo, useCallback, useDeferredValue, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { EventTier, SeatMap } from "@/api/types";
import { useI18n } from "@/i18n/i18n";
import type { SeatPickerProps } from "@/lib/seat-picker";
import { ChevronIcon } from "@/ui/icons";
import { tierColour } from "@/ui/tier-colour";
import { countFree, groupFreeSeats, listRow, type ListedRow, type SeatGroup } from "../model/seat-list";
import styles from "./seat-list.module.css";

/** The list way: section, row, then seats that fit the party. Plain buttons, so keyboard and screen reader reach all. */
export function SeatList(props: SeatPickerProps) {
  const { seatMap, stateOf, revision } = props;
  const { t } = useI18n();
  const [open, setOpen] = useState<number>();
  // A section may have hundreds of groups: the button answers at once, they follow.
  const shown = useDeferredValue(open);
  const free = useMemo(
    () => seatMap.sections.map((section) => countFree(section, (seat) => stateOf(seat) === 0)),
    // The states are read from outside; their revision says when they changed.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [seatMap, stateOf, revision],
  );
  return (
    <ul className={styles.sections}>
      {seatMap.sections.map((section, index) => (
        <li key={index}>
          <button
            type="button"
            className={styles.section}
            aria-expanded={open === index}
            disabled={free[index] === 0}
            onClick={() => setOpen(open === index ? undefined : index)}
          >
            <ChevronIcon size={18} />
            <span className={styles.sectionName}>{section.name === "" ? seatMap.name : section.name}</span>
            <SectionPrices section={section} {...props} />
            <span className="muted">
              {free[index] === 0 ? t("badge.soldOut") : t("tier.left", { count: free[index] ?? 0 })}
            </span>
          </button>
          {open === index && shown === index && <Rows section={section} {...props} />}
        </li>
      ))}
    </ul>
  );
}

type Section = SeatMap["sections"][number];

function SectionPrices({ section, seatMap, event }: SeatPickerProps & { section: Section }) {
  const { t, format } = useI18n();
  const tiers = new Set(section.rows.flatMap((row) => row.tiers ?? [row.tier ?? 0]));
  const prices = [...tiers]
    .map((tier) => event.tiers.find(({ id }) => id === seatMap.tiers[tier]?.id)?.price)
    .filter((price) => price !== undefined)
    .sort((a, b) => a.amount - b.amount);
  const lowest = prices[0];
  if (lowest === undefined) return null;
  return (
    <span className="num">
      {prices.length > 1 ? t("price.from", { price: format.money(lowest) }) : format.money(lowest)}
    </span>
  );
}

function Rows({ section, ...props }: SeatPickerProps & { section: Section }) {
  const { t } = useI18n();
  const { seatMap, event, partySize, stateOf, revision, selected, remaining, onChange } = props;
  const change = useLatest(onChange);
  // A chosen seat stays in its group, though it is held as soon as it is asked for.
  const asked = [...selected].filter((seat) => stateOf(seat) !== 0).join();
  const rows = useMemo(
    () => {
      const kept = new Set(asked === "" ? [] : asked.split(",").map(Number));
      return section.rows
        .map(listRow)
        .map((row) => ({
          row,
          groups: groupFreeSeats(row, partySize, (seat) => stateOf(seat) === 0 || kept.has(seat)),
        }))
        .filter(({ groups }) => groups.length > 0);
    },
    // The states are read from outside; their revision says when they changed.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [section, partySize, stateOf, revision, asked],
  );
  const isFitting = rows.some(({ groups }) => groups.some(({ seats }) => seats.length === partySize));
  return (
    <div className={styles.rows}>
      {!isFitting && <p className="muted">{t("list.noneTogether", { count: partySize })}</p>}
      {rows.map(({ row, groups }) => (
        <Row
          key={row.label}
          row={row}
          groups={groups}
          chosen={chosenIn(groups, selected)}
          // No group is larger than the party: more room than that makes no difference.
          remaining={Math.min(remaining, partySize)}
          event={event}
          seatMap={seatMap}
          onChange={change}
        />
      ))}
    </div>
  );
}

/** As a text, so that a row whose own seats stay as they are is not drawn again. */
function chosenIn(groups: readonly SeatGroup[], selected: ReadonlySet<number>): string {
  if (selected.size === 0) return "";
  const seats = groups.flatMap((group) => group.seats.filter(({ ordinal }) => selected.has(ordinal)));
  return seats.map(({ ordinal }) => ordinal).join();
}

interface RowProps extends Pick<SeatPickerProps, "event" | "seatMap" | "remaining" | "onChange"> {
  row: ListedRow;
  groups: readonly SeatGroup[];
  /** Ordinals with commas. */
  chosen: string;
}

const Row = memo(function Row({ row, groups, chosen, remaining, event, seatMap, onChange }: RowProps) {
  const selected = new Set(chosen === "" ? [] : chosen.split(",").map(Number));
  return (
    <div className={styles.row} role="group" aria-label={row.label}>
      <span className={styles.rowName} aria-hidden="true">
        {row.name}
      </span>
      <div className={styles.groups}>
        {groups.map((group) => (
          <GroupButton
            key={group.seats[0]?.ordinal}
            group={group}
            tier={event.tiers.find(({ id }) => id === seatMap.tiers[group.tier]?.id)}
            isChosen={group.seats.every(({ ordinal }) => selected.has(ordinal))}
            isTooMany={group.seats.filter(({ ordinal }) => !selected.has(ordinal)).length > remaining}
            onChange={onChange}
          />
        ))}
      </div>
    </div>
  );
});

interface GroupButtonProps {
  group: SeatGroup;
  tier: EventTier | undefined;
  isChosen: boolean;
  /** More than the buyer may still choose. */
  isTooMany: boolean;
  onChange: SeatPickerProps["onChange"];
}

/** Drawn again only when something about its own seats changed: a section has hundreds of them. */
const GroupButton = memo(
  function GroupButton({ group, tier, isChosen, isTooMany, onChange }: GroupButtonProps) {
    const { t, format } = useI18n();
    const numbers = group.seats.map(({ number }) => number);
    const label = `${group.seats[0]?.label ?? ""}${numbers.length > 1 ? ` – ${numbers.at(-1) ?? ""}` : ""}`;
    const price = tier === undefined ? "" : format.money(tier.price);
    return (
      <>
        <button
          type="button"
          className={styles.group}
          aria-pressed={isChosen}
          disabled={!isChosen && isTooMany}
          onClick={() =>
            onChange(
              group.seats.map(({ ordinal }) => ordinal),
              !isChosen,
            )
          }
        >
          <span className="visually-hidden">
            {t("list.group", { seats: label, tier: tier?.name ?? "", price, count: numbers.length })}
          </span>
          <span
            className={styles.swatch}
            style={tier && { backgroundColor: tierColour(tier.colour) }}
            aria-hidden="true"
          />
          <span className={`${styles.numbers ?? ""} num`} dir="ltr" aria-hidden="true">
            {numbers.length > 1 ? `${numbers[0] ?? ""}–${numbers.at(-1) ?? ""}` : numbers[0]}
          </span>
          <span className={`${styles.price ?? ""} num`} aria-hidden="true">
            {price}
          </span>
        </button>
        {isChosen && (
          // Hundreds of seats lie between this one and the button that keeps it.
          <a
            href="#choice"
            className={styles.toChoice}
            onClick={(event) => {
              event.preventDefault();
              document.getElementById("choice")?.focus();
            }}
          >
            {t("list.toChoice")}
          </a>
        )}
      </>
    );
  },
  (before, after) =>
    before.isChosen === after.isChosen &&
    (before.isTooMany === after.isTooMany || after.isChosen) &&
    before.tier?.id === after.tier?.id &&
    before.onChange === after.onChange &&
    before.group.seats.length === after.group.seats.length &&
    before.group.seats.every((seat, index) => seat.ordinal === after.group.seats[index]?.ordinal),
);

/** One function for as long as the component lives, that does what the newest does. */
function useLatest(change: SeatPickerProps["onChange"]): SeatPickerProps["onChange"] {
  const latest = useRef(change);
  useLayoutEffect(() => {
    latest.current = change;
  });
  return useCallback((seats, isChosen) => latest.current(seats, isChosen), []);
}
