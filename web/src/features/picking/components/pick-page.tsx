import { Suspense, type ComponentType, type ReactNode } from "react";
import type { BookingItem } from "@/api/types";
import { useI18n } from "@/i18n/i18n";
import type { SeatPickerProps } from "@/lib/seat-picker";
import { Notice } from "@/ui/notice";
import { useTitle } from "@/ui/use-title";
import { usePick, type PickOptions, type Picking } from "../model/use-pick";
import { BestPanel } from "./best-panel";
import { ChoiceSummary } from "./choice-summary";
import { HeldNotice } from "./held-notice";
import { PickBar } from "./pick-bar";
import styles from "./pick-page.module.css";
import { QuantityPicker } from "./quantity-picker";
import { SeatList } from "./seat-list";
import { SeatsSkeleton } from "./seats-skeleton";

/** Places of this event that the buyer holds and has not paid for. */
export interface OwnHold {
  items: readonly BookingItem[];
  /** The way to pay for them. */
  goOn: ReactNode;
  giveBack: () => Promise<void>;
}

interface PickPageProps extends Omit<PickOptions, "hasMap"> {
  ownHold: OwnHold | undefined;
  /** The seat map, where there is one to draw it. */
  map: ComponentType<SeatPickerProps> | undefined;
  banner: ReactNode;
}

export function PickPage({ map: Map, banner, ownHold, ...options }: PickPageProps) {
  const { t } = useI18n();
  useTitle(t("pick.title", { event: options.event.title }));
  const pick = usePick({ ...options, hasMap: Map !== undefined });
  return (
    <div className={styles.page} data-picking={pick.way}>
      <PickBar pick={pick} hasMap={Map !== undefined} />
      <div className={styles.choose}>
        {banner}
        {pick.available === 0 && (
          <Notice tone="warn" title={t("badge.soldOut")}>
            {t(pick.hasHeld ? "pick.soldOutHeld" : "pick.soldOutText")}
          </Notice>
        )}
        <Ways pick={pick} map={Map} />
      </div>
      <ChoiceSummary
        pick={pick}
        hasMap={Map !== undefined}
        held={ownHold && <HeldNotice hold={ownHold} index={pick.index} onGivenBack={pick.restore} />}
      />
    </div>
  );
}

function Ways({ pick, map: Map }: { pick: Picking; map: ComponentType<SeatPickerProps> | undefined }) {
  const { event, seatMap, places, choice, way, best, lost, moved, offer } = pick;
  if (way === "quantity")
    return event.hasSeatMap ? (
      <BestPanel pick={pick} hasMap={Map !== undefined} />
    ) : (
      <QuantityPicker
        tiers={event.tiers}
        quantities={choice.quantities}
        remaining={pick.remaining}
        onChange={pick.setQuantity}
      />
    );
  if (seatMap === undefined) return <SeatsSkeleton />;
  const wanted = moved ?? lost?.instead ?? best[0]?.seats;
  const picker: SeatPickerProps = {
    event,
    seatMap,
    stateOf: places.stateOf,
    isKnown: places.isKnown,
    selected: choice.seats,
    partySize: choice.partySize,
    remaining: pick.remaining,
    onChange: pick.changeSeats,
    filter: pick.filter,
    need: pick.need,
    isReserved: pick.isReserved,
    suggested: (wanted ?? offer)?.map(({ ordinal }) => ordinal),
    toShow: (pick.shown ?? wanted)?.map(({ ordinal }) => ordinal),
    isCloseUp: pick.shown !== undefined,
    quantities: choice.quantities,
    onQuantity: pick.setQuantity,
  };
  return (
    <Suspense fallback={<SeatsSkeleton />}>
      {way === "map" && Map !== undefined ? <Map {...picker} /> : <SeatList {...picker} />}
    </Suspense>
  );
}
