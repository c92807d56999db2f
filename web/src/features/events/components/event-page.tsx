import { Button } from "@mantine/core";
import { Link, useLocation } from "@tanstack/react-router";
import { Suspense, use, useMemo, useState, type ReactNode } from "react";
import type { EventDetails, SaleStatus } from "@/api/types";
import { isKnownZone, type Format } from "@/i18n/format";
import { useI18n, type Translate } from "@/i18n/i18n";
import { Artwork } from "@/ui/artwork";
import { ButtonLink } from "@/ui/button-link";
import { CalendarIcon, ClockIcon, EyeIcon, PinIcon } from "@/ui/icons";
import { Notice } from "@/ui/notice";
import { ShareButton } from "@/ui/share-button";
import { later } from "@/lib/later";
import { serverNow } from "@/lib/server-clock";
import { useTitle } from "@/ui/use-title";
import { categoryName } from "../model/categories";
import { AvailabilityBadge } from "./availability-badge";
import { CardAction } from "./card-action";
import { CountdownClock } from "./countdown-clock";
import { isLongTitle } from "../model/titles";
import styles from "./event-page.module.css";
import { OtherDates } from "./other-dates";
import { PriceFrom } from "./price-from";
import { SaleAnnouncer } from "./sale-announcer";
import { TierTable } from "./tier-table";

const ReminderAnswer = later(() => import("@/features/reminders/reminder-answer"));
const ReminderPanel = later(() => import("@/features/reminders/reminder-panel"));
const WaitlistPanel = later(() => import("@/features/waitlist/waitlist-panel"));

interface EventPageProps {
  event: EventDetails;
  /** Free places by tier, as fresh as the live connection has them. */
  availableOf: (tierId: string) => number | undefined;
  viewers: number | undefined;
  /** Places that are held and not paid for, as far as the live connection tells. */
  held: number;
  banner: ReactNode;
}

export function EventPage({ event, availableOf, viewers, held, banner }: EventPageProps) {
  const { t, format } = useI18n();
  const actionOf = use(CardAction);
  const hash = useLocation({ select: (location) => location.hash });
  useTitle(event.title);
  const tiers = event.tiers.map((tier) => ({ ...tier, available: availableOf(tier.id) ?? tier.available }));
  const available = tiers.reduce((sum, tier) => sum + tier.available, 0);
  // Nothing of it is for sale, whatever is left.
  const isCancelled = event.status === "cancelled";
  const current = { ...event, tiers, availability: { ...event.availability, available } };
  const saleStatus = saleStatusOf(current);
  const { id, title, status, onSaleAt } = event;
  const announced = useMemo(
    () => [{ id, title, status, saleStatus, onSaleAt }],
    [id, title, status, saleStatus, onSaleAt],
  );
  return (
    <article className={styles.page}>
      <Artwork event={event} isFirst className={styles.artwork} />
      <div className={styles.mark}>{actionOf(event)}</div>
      <div className={styles.text}>
        <p className={styles.category}>{categoryName(event.category, t)}</p>
        <h1 data-long={isLongTitle(event.title)}>
          <bdi>{event.title}</bdi>
        </h1>
        <p className={styles.summary}>
          <bdi>{event.summary}</bdi>
        </p>
        <dl className={styles.facts}>
          <Fact icon={<CalendarIcon />} name={t("event.date")} value={format.longDay(event.startsAt, event.timeZone)} />
          <Fact icon={<ClockIcon />} name={t("event.time")} value={localTime(event, t, format)} />
          <Fact
            icon={<PinIcon />}
            name={t("event.place")}
            value={
              <>
                <Link to="/venues/$slug" params={{ slug: event.venue.slug }}>
                  {event.venue.name}
                </Link>
                {`, ${event.venue.address}, ${event.venue.city}`}
              </>
            }
          />
        </dl>
        <OtherDates event={event} />
        <div className="row">
          <ShareButton title={event.title} path={`/events/${event.slug}`} label={t("event.share")} />
          <Button
            component="a"
            variant="default"
            href={`/api/v1/events/${event.id}/calendar`}
            download={`${event.slug}.ics`}
            leftSection={<CalendarIcon size={18} />}
          >
            {t("event.addToCalendar")}
          </Button>
        </div>
      </div>
      <aside className={styles.aside} aria-label={t("event.tickets")}>
        <SaleAnnouncer events={announced} />
        {/* By a mail's link, whatever the state of the sale. */}
        {hash.startsWith("reminder-") && (
          <Suspense>
            <ReminderAnswer hash={hash} />
          </Suspense>
        )}
        {isCancelled ? (
          <Cancelled event={event} />
        ) : (
          <ForSale event={current} saleStatus={saleStatus} viewers={viewers} held={held} banner={banner} />
        )}
      </aside>
      <section className={styles.about} aria-labelledby="about">
        <h2 id="about">{t("event.about")}</h2>
        {event.description.split("\n").map((paragraph, index) => (
          <p key={index}>
            <bdi>{paragraph}</bdi>
          </p>
        ))}
        <p className="muted">
          <Link to="/organisers/$slug" params={{ slug: event.organiser.slug }}>
            {t("event.organiser", { name: event.organiser.name })}
          </Link>
        </p>
      </section>
    </article>
  );
}

/** In words, since few know what GMT-6 is. A time that had to be shown in UTC says so itself. */
function localTime({ startsAt, timeZone, venue }: EventDetails, t: Translate, format: Format): string {
  const time = format.time(startsAt, timeZone);
  return isKnownZone(timeZone) ? t("event.timeLocal", { time, city: venue.city }) : time;
}

/** The last seat may go while one looks: the live numbers decide between on sale and sold out. */
function saleStatusOf(event: EventDetails): EventDetails["saleStatus"] {
  if (event.saleStatus !== "onSale" && event.saleStatus !== "soldOut") return event.saleStatus;
  return event.availability.available > 0 ? "onSale" : "soldOut";
}

interface ForSaleProps {
  event: EventDetails;
  saleStatus: SaleStatus;
  viewers: number | undefined;
  held: number;
  banner: ReactNode;
}

function ForSale({ event, saleStatus, viewers, held, banner }: ForSaleProps) {
  const { t } = useI18n();
  const [isWaitedFor] = useState(saleStatus === "upcoming");
  return (
    <>
      {banner}
      <div className={styles.state}>
        <AvailabilityBadge availability={event.availability} saleStatus={saleStatus} />
        {viewers !== undefined && viewers > 1 && (
          <span className={styles.viewers}>
            <EyeIcon size={16} /> {t("event.viewers", { count: viewers })}
          </span>
        )}
      </div>
      <TierTable tiers={event.tiers} saleStatus={event.saleStatus} />
      <div className={styles.call} data-waited={isWaitedFor}>
        <CallToAction event={event} saleStatus={saleStatus} held={held} />
      </div>
      <Waitlist event={event} saleStatus={saleStatus} />
      <Policy event={event} />
      {/* Last: it goes at the moment of the sale, when nothing else may move. */}
      {saleStatus === "upcoming" && (
        <Suspense>
          <ReminderPanel eventId={event.id} />
        </Suspense>
      )}
    </>
  );
}

/** Neither prices nor rules: nothing of it can be bought. */
function Cancelled({ event }: { event: EventDetails }) {
  const { t } = useI18n();
  return (
    <Notice tone="bad" title={t("event.cancelled")}>
      <p>{t("event.cancelledText")}</p>
      <p>{t("event.cancelledContact", { name: event.organiser.name })}</p>
      <p>
        <Link to="/bookings">{t("nav.bookings")}</Link>
      </p>
    </Notice>
  );
}

/** What is here now stands where what was here before did: nothing moves at the moment that everybody waits for. */
function CallToAction({ event, saleStatus, held }: { event: EventDetails; saleStatus: SaleStatus; held: number }) {
  const { t, format } = useI18n();
  switch (saleStatus) {
    case "upcoming":
      return (
        <div className="stack">
          <p>
            <strong>{t("event.onSaleAt", { time: format.moment(event.onSaleAt) })}</strong>
          </p>
          <CountdownClock until={event.onSaleAt} />
          <Link to="/events/$slug/pick" params={{ slug: event.slug }} className="small">
            {t("event.presale")}
          </Link>
        </div>
      );
    case "ended":
      return <Ended event={event} />;
    case "soldOut":
      return (
        <Notice title={t("event.soldOutTitle")}>
          {held > 0 && <p>{t("event.soldOutHeld", { count: held })}</p>}
          {event.policy.waitlistOfferMinutes == null && <p>{t("event.soldOutText")}</p>}
        </Notice>
      );
    default:
      return (
        <div className={styles.action}>
          <div className={styles.price}>
            <PriceFrom range={event.priceRange} />
          </div>
          <ButtonLink to="/events/$slug/pick" params={{ slug: event.slug }} preload="viewport" size="lg" fullWidth>
            {t(event.hasSeatMap ? "event.chooseSeats" : "event.chooseTickets")}
          </ButtonLink>
        </div>
      );
  }
}

/** For an event that has one: it knows itself whether there is something to wait for. */
function Waitlist({ event, saleStatus }: { event: EventDetails; saleStatus: SaleStatus }) {
  const minutes = event.policy.waitlistOfferMinutes;
  const isSelling = saleStatus === "onSale" || saleStatus === "soldOut";
  if (minutes == null || !isSelling) return null;
  return (
    <Suspense>
      <WaitlistPanel event={event} offerMinutes={minutes} />
    </Suspense>
  );
}

function Ended({ event }: { event: EventDetails }) {
  const { t } = useI18n();
  const isOver = Date.parse(event.endsAt) <= serverNow();
  return (
    <Notice title={t(isOver ? "event.over" : "event.saleEnded")}>
      <p>{t(isOver ? "event.overText" : "event.endedText")}</p>
      <p>
        <Link to="/bookings">{t("nav.bookings")}</Link>
      </p>
    </Notice>
  );
}

function Policy({ event }: { event: EventDetails }) {
  const { t, format } = useI18n();
  const { policy } = event;
  return (
    <ul className={styles.policy}>
      <li>{t("event.limit", { count: Math.max(1, Math.min(policy.maxTicketsPerBuyer, event.availability.total)) })}</li>
      {policy.oneBookingPerBuyer && <li>{t("event.oneBooking")}</li>}
      {policy.orphanRule && <li>{t("event.orphanRule")}</li>}
      <li>
        {policy.cancellableUntil === undefined
          ? t("event.notCancellable")
          : t("event.cancellableUntil", { time: format.moment(policy.cancellableUntil, event.timeZone) })}
      </li>
      <li>{t("event.noFees")}</li>
    </ul>
  );
}

function Fact({ icon, name, value }: { icon: ReactNode; name: string; value: ReactNode }) {
  return (
    <div>
      {icon}
      <dt className="visually-hidden">{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
