import { Link } from "@tanstack/react-router";
import { useEffect, useId, useState } from "react";
import { useI18n } from "@/i18n/i18n";
import { BackIcon, ChevronIcon, PeopleIcon } from "@/ui/icons";
import { Stepper } from "@/ui/stepper";
import { tierColour } from "@/ui/tier-colour";
import type { Picking } from "../model/use-pick";
import { NeedFilter } from "./need-filter";
import styles from "./pick-bar.module.css";
import { PickRange, PriceFilter } from "./price-filter";
import { useHeightVariable } from "./use-height-variable";
import { WayChoice } from "./way-choice";

const largestParty = 8;

/**
 * What the event is, and how one chooses: the way, the party, the price. On a phone it is one line, and the rest unfolds
 * over the map.
 */
export function PickBar({ pick, hasMap }: { pick: Picking; hasMap: boolean }) {
  const { t, format } = useI18n();
  const { event, seatMap, way, choice, filter } = pick;
  const [isOpen, setIsOpen] = useState(false);
  const bar = useHeightVariable<HTMLDivElement>("--bar-height");
  const options = useId();
  useEffect(() => {
    if (!isOpen) return;
    const listening = new AbortController();
    const close = (event: Event): void => {
      if (event instanceof KeyboardEvent ? event.key === "Escape" : !bar.current?.contains(event.target as Node))
        setIsOpen(false);
    };
    document.addEventListener("pointerdown", close, { signal: listening.signal, capture: true });
    document.addEventListener("keydown", close, { signal: listening.signal });
    return () => listening.abort();
  }, [isOpen, bar]);
  const isByHand = way !== "quantity";
  const [only] = filter ?? [];
  const looked = only === undefined || filter?.size !== 1 ? undefined : seatMap?.tiers[only];
  return (
    <div ref={bar} className={styles.bar}>
      <header className={styles.head}>
        <Link to="/events/$slug" params={{ slug: event.slug }} className={styles.back}>
          <BackIcon />
          <span>{t("pick.back")}</span>
        </Link>
        <h1>
          <bdi>{event.title}</bdi>
        </h1>
        <p className={styles.facts}>
          {format.moment(event.startsAt, event.timeZone)} · {event.venue.name}, {event.venue.city}
        </p>
        {event.hasSeatMap && (
          <button
            type="button"
            className={styles.fold}
            aria-expanded={isOpen}
            aria-controls={options}
            aria-label={t("pick.options", { count: choice.partySize })}
            onClick={() => setIsOpen(!isOpen)}
          >
            <PeopleIcon />
            <span className="num">{format.number(choice.partySize)}</span>
            <i style={looked && { backgroundColor: tierColour(looked.colour) }} data-any={looked === undefined} />
            <ChevronIcon size={16} />
          </button>
        )}
      </header>
      {event.hasSeatMap && (
        <div id={options} className={styles.options} data-open={isOpen}>
          <WayChoice
            way={way}
            hasMap={hasMap}
            onWay={(next) => {
              pick.setWay(next);
              setIsOpen(false);
            }}
          />
          {isByHand && (
            <div className={styles.party}>
              <span>{t("pick.party")}</span>
              <Stepper
                label={t("pick.party")}
                value={choice.partySize}
                min={1}
                max={Math.max(1, Math.min(largestParty, pick.limit))}
                fewer={t("pick.partyFewer")}
                more={t("pick.partyMore")}
                onChange={pick.setPartySize}
              />
            </div>
          )}
          {seatMap !== undefined && (
            <PickRange event={event} seatMap={seatMap} filter={filter} onFilter={pick.setFilter} />
          )}
          {isByHand && seatMap !== undefined && (
            <>
              <PriceFilter event={event} seatMap={seatMap} filter={filter} onFilter={pick.setFilter} />
              <NeedFilter seatMap={seatMap} need={pick.need} onNeed={pick.setNeed} />
            </>
          )}
        </div>
      )}
    </div>
  );
}
