import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useMemo, useState, type ComponentType, type ReactNode } from "react";
import { Checkbox, Skeleton } from "@mantine/core";
import type { Booking, EventDetails, HoldRequest } from "@/api/types";
import { useI18n } from "@/i18n/i18n";
import type { SeatPickerProps } from "@/lib/seat-picker";
import { Stepper } from "@/ui/stepper";
import { useTitle } from "@/ui/use-title";
import { holdPlaces } from "../api/hold-places";
import { seatMapQuery } from "../api/queries";
import { newOrphans } from "../model/orphan-check";
import { linesOfQuantities, linesOfSeats, requestOfQuantities } from "../model/selection";
import { useSeatSelection } from "../model/use-seat-selection";
import { ChoiceSummary } from "./choice-summary";
import { LostNotice } from "./lost-notice";
import styles from "./pick-page.module.css";
import { QuantityPicker } from "./quantity-picker";
import { Refusal } from "./refusal";
import { WayChoice, type Way } from "./way-choice";

const SeatList = lazy(() => import("./seat-list"));
const largestParty = 8;

interface PickPageProps {
  event: EventDetails;
  availableOf: (tierId: string) => number | undefined;
  stateOf: (seat: number) => number;
  revision: number;
  lastChanged: readonly number[] | undefined;
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
  map: Map,
  banner,
  onHeld,
}: PickPageProps) {
  const { t, format } = useI18n();
  useTitle(t("pick.title", { event: event.title }));
  const seated = event.hasSeatMap;
  const [way, setWay] = useState<Way>(seated ? (Map === undefined ? "list" : "map") : "quantity");
  const [partySize, setPartySize] = useState(Math.min(2, event.policy.maxTicketsPerBuyer));
  const [quantities, setQuantities] = useState<ReadonlyMap<string, number>>(new globalThis.Map());
  const [together, setTogether] = useState(true);
  const { data: seatMap } = useQuery({ ...seatMapQuery(event), enabled: seated });
  const hold = useMutation({ mutationFn: (body: HoldRequest) => holdPlaces(event.id, body), onSuccess: onHeld });
  const isHolding = hold.isPending || hold.isSuccess;
  const { index, selected, lost, change } = useSeatSelection({
    seatMap,
    stateOf,
    partySize,
    isPaused: isHolding,
  });
  const tiers = useMemo(
    () => event.tiers.map((tier) => ({ ...tier, available: availableOf(tier.id) ?? tier.available })),
    [event, availableOf],
  );
  const live = useMemo(() => ({ ...event, tiers }), [event, tiers]);
  const limit = event.policy.maxTicketsPerBuyer;
  const byQuantity = way === "quantity";
  const lines = byQuantity ? linesOfQuantities(quantities, event) : linesOfSeats(selected, event, seatMap, index);
  const count = lines.reduce((sum, line) => sum + line.quantity, 0);
  const orphans =
    event.policy.orphanRule && !byQuantity
      ? [...new Set([...selected].map((seat) => index.rowOf(seat)))].flatMap((row) =>
          row === undefined ? [] : newOrphans(row, selected, (seat) => stateOf(seat) === 0),
        )
      : [];
  const submit = () =>
    hold.mutate(
      byQuantity ? requestOfQuantities(quantities, event, together) : { seats: [...selected].sort((a, b) => a - b) },
    );
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
      hold.reset();
      change(seats, isChosen);
    },
    suggested: lost?.instead?.map(({ ordinal }) => ordinal),
    onStanding: (tierId) => {
      hold.reset();
      setQuantities(new globalThis.Map([[tierId, Math.min(partySize, availableOf(tierId) ?? partySize)]]));
      setWay("quantity");
    },
  };
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <Link to="/events/$slug" params={{ slug: event.slug }} className={styles.back}>
          {t("pick.back")}
        </Link>
        <h1>{event.title}</h1>
        <p className="muted">
          {format.moment(event.startsAt, event.timeZone)} · {event.venue.name}, {event.venue.city}
        </p>
      </header>
      <div className={styles.choose}>
        {banner}
        {seated && <WayChoice way={way} hasMap={Map !== undefined} onWay={setWay} />}
        {seated && !byQuantity && (
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
        {lost !== undefined && !byQuantity && <LostNotice lost={lost} onTake={(seats) => change(seats, true)} />}
        {byQuantity && seated && (
          <>
            <p className="muted">{t("pick.bestText")}</p>
            <Checkbox
              checked={together}
              label={t("pick.together")}
              onChange={({ currentTarget }) => setTogether(currentTarget.checked)}
            />
          </>
        )}
        {byQuantity ? (
          <QuantityPicker
            tiers={tiers}
            quantities={quantities}
            limit={limit}
            onChange={(tierId, quantity) => {
              hold.reset();
              setQuantities(new globalThis.Map(quantities).set(tierId, quantity));
            }}
          />
        ) : (
          <Suspense fallback={<Skeleton height={320} />}>
            {picker === undefined ? (
              <Skeleton height={320} />
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
        currency={event.currency}
        holdMinutes={event.policy.holdMinutes}
        isBusy={isHolding}
        reason={
          count === 0
            ? t("pick.nothing")
            : orphans.length > 0
              ? t("refusal.orphan", { seats: format.list(orphans.map(({ label }) => label)) })
              : undefined
        }
        refusal={hold.error !== null && <Refusal error={hold.error} event={event} seatMap={seatMap} />}
        onRemove={byQuantity ? undefined : (key) => change([Number(key)], false)}
        onHold={submit}
      />
    </div>
  );
}
