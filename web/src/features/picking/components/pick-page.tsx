import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { startTransition, Suspense, useMemo, useState, type ComponentType, type ReactNode } from "react";
import { Checkbox } from "@mantine/core";
import type { Booking, EventDetails } from "@/api/types";
import { useI18n } from "@/i18n/i18n";
import { afterPaint } from "@/lib/after-paint";
import type { SeatPickerProps } from "@/lib/seat-picker";
import { Stepper } from "@/ui/stepper";
import { useTitle } from "@/ui/use-title";
import { seatMapQuery } from "../api/queries";
import { useHold } from "../api/use-hold";
import { orphansOf } from "../model/orphan-check";
import { linesOfQuantities, linesOfSeats, quantitiesOf, requestOfQuantities } from "../model/selection";
import { useBestSeats } from "../model/use-best-seats";
import { useSeatSelection } from "../model/use-seat-selection";
import { BestNotice } from "./best-notice";
import { ChoiceSummary } from "./choice-summary";
import { LostNotice } from "./lost-notice";
import styles from "./pick-page.module.css";
import { QuantityPicker } from "./quantity-picker";
import { Refusal } from "./refusal";
import { SeatList } from "./seat-list";
import { SeatsSkeleton } from "./seats-skeleton";
import { firstWay, WayChoice, type Way } from "./way-choice";

const largestParty = 8;

interface PickPageProps {
  event: EventDetails;
  availableOf: (tierId: string) => number | undefined;
  stateOf: (seat: number) => number;
  revision: number;
  lastChanged: readonly number[] | undefined;
  /** Places of this event that the buyer has already. */
  owned: number;
  /** The seat map, where there is one to draw it. */
  map: ComponentType<SeatPickerProps> | undefined;
  banner: ReactNode;
  onHeld: (booking: Booking) => void;
}

export function PickPage({
  event,
  availableOf,
  stateOf,
  revision,
  lastChanged,
  owned,
  map: Map,
  banner,
  onHeld,
}: PickPageProps) {
  const { t, format } = useI18n();
  useTitle(t("pick.title", { event: event.title }));
  const seated = event.hasSeatMap;
  const { hold, reset, error, isHolding, mayHaveHeld, resumed } = useHold(event.id, onHeld);
  const [way, setWay] = useState<Way>(firstWay(seated, Map !== undefined, resumed));
  const [partySize, setPartySize] = useState(Math.min(2, event.policy.maxTicketsPerBuyer));
  const [quantities, setQuantities] = useState(() => quantitiesOf(resumed));
  const [together, setTogether] = useState(resumed?.bestAvailable?.together ?? true);
  const { data: seatMap } = useQuery({ ...seatMapQuery(event), enabled: seated });
  const { index, selected, lost, change } = useSeatSelection({
    seatMap,
    stateOf,
    orphanRule: event.policy.orphanRule,
    isPaused: mayHaveHeld,
    initial: resumed?.seats ?? undefined,
  });
  const tiers = useMemo(
    () => event.tiers.map((tier) => ({ ...tier, available: availableOf(tier.id) ?? tier.available })),
    [event, availableOf],
  );
  const live = useMemo(() => ({ ...event, tiers }), [event, tiers]);
  const best = useBestSeats({ event, seatMap, stateOf, revision, quantities });
  const limit = Math.max(0, event.policy.maxTicketsPerBuyer - owned);
  const byQuantity = way === "quantity";
  const lines = byQuantity ? linesOfQuantities(quantities, event) : linesOfSeats(selected, event, seatMap, index);
  const count = lines.reduce((sum, line) => sum + line.quantity, 0);
  const orphans =
    event.policy.orphanRule && !byQuantity && seatMap !== undefined
      ? orphansOf(seatMap, index, selected, (seat) => stateOf(seat) === 0)
      : [];
  const submit = () =>
    hold(
      byQuantity ? requestOfQuantities(quantities, event, together) : { seats: [...selected].sort((a, b) => a - b) },
    );
  const take = (seats: readonly number[]) => {
    reset();
    setQuantities(new globalThis.Map());
    change(seats, true);
  };
  const isBestOffered = best !== undefined && selected.size === 0 && way === "map";
  const picker: SeatPickerProps | undefined = seatMap && {
    event: live,
    seatMap,
    stateOf,
    revision,
    lastChanged,
    selected,
    partySize,
    remaining: Math.max(0, limit - selected.size),
    onChange: (seats, isChosen) => {
      reset();
      change(seats, isChosen);
    },
    suggested: (lost?.instead ?? (isBestOffered ? best : undefined))?.map(({ ordinal }) => ordinal),
    onStanding: (tierId) =>
      startTransition(async () => {
        await afterPaint();
        startTransition(() => {
          reset();
          setQuantities(new globalThis.Map([[tierId, Math.min(partySize, availableOf(tierId) ?? partySize)]]));
          setWay("quantity");
        });
      }),
  };
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <Link to="/events/$slug" params={{ slug: event.slug }} className={styles.back}>
          {t("pick.back")}
        </Link>
        <h1>
          <bdi>{event.title}</bdi>
        </h1>
        <p className={styles.facts}>
          {format.moment(event.startsAt, event.timeZone)} · {event.venue.name}, {event.venue.city}
        </p>
      </header>
      <div className={styles.choose}>
        {banner}
        {seated && (
          <div className={styles.ways}>
            <WayChoice way={way} hasMap={Map !== undefined} onWay={setWay} />
            {!byQuantity && (
              <div className={styles.party}>
                <span id="party">{t("pick.party")}</span>
                <Stepper
                  label={t("pick.party")}
                  value={partySize}
                  min={1}
                  max={Math.min(largestParty, limit)}
                  fewer={t("pick.partyFewer")}
                  more={t("pick.partyMore")}
                  onChange={setPartySize}
                />
              </div>
            )}
          </div>
        )}
        {isBestOffered && lost === undefined && <BestNotice seats={best} onTake={take} />}
        {byQuantity && seated && (
          <>
            <p className="muted">{t("pick.bestText")}</p>
            <Checkbox
              className={styles.together ?? ""}
              checked={together}
              label={t("pick.together")}
              onChange={({ currentTarget }) => setTogether(currentTarget.checked)}
            />
            {best !== undefined && Map !== undefined && <BestNotice seats={best} onShow={() => setWay("map")} />}
          </>
        )}
        {byQuantity ? (
          <QuantityPicker
            tiers={tiers}
            quantities={quantities}
            limit={limit}
            onChange={(tierId, quantity) => {
              reset();
              setQuantities(new globalThis.Map(quantities).set(tierId, quantity));
            }}
          />
        ) : (
          <Suspense fallback={<SeatsSkeleton />}>
            {picker === undefined ? (
              <SeatsSkeleton />
            ) : way === "map" && Map !== undefined ? (
              <Map {...picker} />
            ) : (
              <SeatList {...picker} />
            )}
          </Suspense>
        )}
      </div>
      <ChoiceSummary
        lines={lines}
        count={count}
        limit={limit}
        owned={owned}
        currency={event.currency}
        holdMinutes={event.policy.holdMinutes}
        isBusy={isHolding}
        reason={
          event.policy.oneBookingPerBuyer && owned > 0
            ? t("refusal.oneBooking")
            : limit === 0
              ? t("refusal.limit", { limit: event.policy.maxTicketsPerBuyer, has: owned })
              : count === 0
                ? t("pick.nothing")
                : orphans.length > 0
                  ? t("refusal.orphan", { seats: format.list(orphans.map(({ label }) => label)) })
                  : undefined
        }
        lost={lost !== undefined && !byQuantity && <LostNotice lost={lost} onTake={(seats) => change(seats, true)} />}
        refusal={error !== null && <Refusal error={error} event={event} seatMap={seatMap} />}
        onRemove={
          byQuantity
            ? undefined
            : (key) => {
                reset();
                change([Number(key)], false);
              }
        }
        onHold={submit}
      />
    </div>
  );
}
