import { memo, useCallback, useId, useLayoutEffect, useMemo, useRef } from "react";
import type { EventTier, SeatMap } from "@/api/types";
import { useI18n } from "@/i18n/i18n";
import { priceText } from "@/i18n/price-text";
import { seatNotes } from "@/i18n/seat-notes";
import { useSeatNames } from "@/i18n/seat-names";
import type { SeatPickerProps } from "@/lib/seat-picker";
import { maskOf, mayTake } from "@/lib/seating/needs";
import { layoutOf } from "@/lib/seating/seat-layout";
import { tierColour } from "@/ui/tier-colour";
import { groupFreeSeats, isWithin, listRow, tabStopOf, type ListedRow, type SeatGroup } from "../model/seat-list";
import styles from "./seat-list.module.css";
import { useGridKeys } from "./use-grid-keys";

type Section = SeatMap["sections"][number];

/** One section's seats: a grid of buttons, with one stop for the Tab key and arrow keys from seat to seat. */
export function SeatRows({ section, ...props }: SeatPickerProps & { section: Section }) {
  const { t } = useI18n();
  const hint = useId();
  const { at, ...handlers } = useGridKeys();
  const { seatMap, event, partySize, stateOf, selected, remaining, filter, need, isReserved, onChange } = props;
  const change = useLatest(onChange);
  // A chosen seat stays in its group, though it is held as soon as it is asked for.
  const asked = [...selected].filter((seat) => stateOf(seat) !== 0).join();
  const rows = useMemo(() => {
    const kept = new Set(asked === "" ? [] : asked.split(",").map(Number));
    const layout = layoutOf(seatMap);
    const mask = need && maskOf(layout, need);
    const isForParty = mayTake(layout, need, isReserved);
    const isFree = (seat: number): boolean =>
      filter?.has(layout.tier[seat] as number) !== false &&
      ((stateOf(seat) === 0 && isForParty(seat)) || kept.has(seat));
    return section.rows
      .map((row) => listRow(row, section.name))
      .map((row) => ({ row, groups: groupFreeSeats(row, partySize, isFree) }))
      .map(({ row, groups }) => ({
        row,
        groups: mask ? groups.filter(({ seats }) => seats.some(({ ordinal }) => mask[ordinal] === 1)) : groups,
      }))
      .filter(({ groups }) => groups.length > 0);
  }, [seatMap, section, partySize, stateOf, filter, need, isReserved, asked]);
  const isFitting = rows.some(({ groups }) => groups.some(({ seats }) => seats.length === partySize));
  // No group is larger than the party: more room than that makes no difference.
  const room = Math.min(remaining, partySize);
  const stop = tabStopOf(
    rows.flatMap(({ groups }) => groups),
    at,
    (group) => isWithin(group, selected, room),
  );
  return (
    <div className={styles.rows}>
      {!isFitting && <p className="muted">{t("list.noneTogether", { count: partySize })}</p>}
      <p id={hint} className={styles.hint}>
        {t("list.keys")}
      </p>
      <div
        role="grid"
        aria-label={section.name === "" ? seatMap.name : section.name}
        aria-describedby={hint}
        {...handlers}
      >
        {rows.map(({ row, groups }) => (
          <Row
            key={row.label}
            row={row}
            groups={groups}
            chosen={chosenIn(groups, selected)}
            stop={stop !== undefined && groups.includes(stop) ? stop.seats[0]?.ordinal : undefined}
            remaining={room}
            event={event}
            seatMap={seatMap}
            onChange={change}
          />
        ))}
      </div>
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
  /** The first seat of the group that the Tab key stops at, if it is in this row. */
  stop: number | undefined;
}

const Row = memo(function Row({ row, groups, chosen, stop, remaining, event, seatMap, onChange }: RowProps) {
  const names = useSeatNames();
  const selected = new Set(chosen === "" ? [] : chosen.split(",").map(Number));
  return (
    <div className={styles.row} role="row" aria-label={names.row(row)}>
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
            isTooMany={!isWithin(group, selected, remaining)}
            isStop={group.seats[0]?.ordinal === stop}
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
  isStop: boolean;
  onChange: SeatPickerProps["onChange"];
}

/** Drawn again only when something about its own seats changed: a section has hundreds of them. */
const GroupButton = memo(
  function GroupButton({ group, tier, isChosen, isTooMany, isStop, onChange }: GroupButtonProps) {
    const { t, format } = useI18n();
    const names = useSeatNames();
    const numbers = group.seats.map(({ number }) => number);
    const note = seatNotes(
      group.seats.reduce((bits, { attributes }) => bits | attributes, 0),
      t,
    ).join(", ");
    const price = tier === undefined ? "" : priceText(tier.price, t, format);
    return (
      <div role="gridcell" className={styles.cell}>
        <button
          type="button"
          className={styles.group}
          data-seat={group.seats[0]?.ordinal}
          tabIndex={isStop ? 0 : -1}
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
            {t("list.group", { seats: names.seats(group.seats), tier: tier?.name ?? "", price, count: numbers.length })}
            {note !== "" && `, ${note}`}
          </span>
          <span
            className={styles.swatch}
            style={tier && { backgroundColor: tierColour(tier.colour) }}
            aria-hidden="true"
          />
          <span className={`${styles.numbers ?? ""} num`} dir="ltr" aria-hidden="true">
            {numbers.length > 1 ? `${numbers[0] ?? ""}–${numbers.at(-1) ?? ""}` : numbers[0]}
          </span>
          {note !== "" && (
            <span className={styles.note} aria-hidden="true">
              {note}
            </span>
          )}
          <span className={`${styles.price ?? ""} num`} aria-hidden="true">
            {numbers.length > 1 ? t("list.each", { price }) : price}
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
      </div>
    );
  },
  (before, after) =>
    before.isChosen === after.isChosen &&
    before.isStop === after.isStop &&
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
