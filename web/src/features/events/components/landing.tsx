import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { EventSummary } from "@/api/types";
import { useI18n } from "@/i18n/i18n";
import { afterPaint } from "@/lib/after-paint";
import { Artwork, ArtworkSlot } from "@/ui/artwork";
import { ButtonLink } from "@/ui/button-link";
import { EmptyState } from "@/ui/empty-state";
import { SearchIcon } from "@/ui/icons";
import { eventListQuery, facetsQuery, landingEvents } from "../api/queries";
import { useSaleMoments } from "../api/use-sale-moments";
import { categoryName } from "../model/categories";
import { AvailabilityBadge } from "./availability-badge";
import { CountdownClock } from "./countdown-clock";
import { EventGrid } from "./event-grid";
import styles from "./landing.module.css";
import { PriceFrom } from "./price-from";
import { SaleAnnouncer } from "./sale-announcer";
import { SuggestBox } from "./suggest-box";

/** Whole rows of two, three and four. */
const shownNow = 12;
const shownSoon = 4;

/** With the button to the others two lines on a phone, for which the style sheet leaves room. */
const shownCategories = 6;

/** What is on sale now and what comes: one request serves all events of the page. */
export function Landing() {
  const { t } = useI18n();
  const { data, error, refetch } = useQuery(eventListQuery({}, landingEvents));
  useSaleMoments(data?.data);
  const soonIds = useAwaited(data?.data);
  const soon = data?.data.filter(({ id }) => soonIds.has(id)).slice(0, shownSoon) ?? [];
  const onSale = data?.data.filter((event) => event.saleStatus === "onSale" && !soon.includes(event));
  const [featured, ...others] = orderByInterest(onSale ?? []);
  const isFailed = error !== null && data === undefined;
  return (
    <>
      <section className={styles.hero}>
        <div className={styles.heroText}>
          <h1>{t("landing.title")}</h1>
          <p className={styles.lead}>{t("landing.lead")}</p>
          <SearchForm />
          <Categories />
        </div>
        <Featured event={featured} isLoading={data === undefined && !isFailed} />
      </section>
      <SaleAnnouncer events={data?.data} />
      {isFailed && (
        <EmptyState title={t("error.title")} text={t("error.text")}>
          <Button onClick={() => void refetch()}>{t("common.tryAgain")}</Button>
        </EmptyState>
      )}
      {data?.data.length === 0 && <EmptyState title={t("landing.noneTitle")} text={t("landing.noneText")} />}
      {soon.length > 0 && (
        <section className={styles.section} aria-labelledby="soon">
          <h2 id="soon">{t("landing.soon")}</h2>
          <ul className={styles.soon}>
            {soon.map((event) => (
              <li key={event.id}>
                <UpcomingRow event={event} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {!isFailed && (data === undefined || others.length > 0) && (
        <section className={styles.section} aria-labelledby="now">
          <div className={styles.sectionHead}>
            <h2 id="now">{t("landing.now")}</h2>
            <Link to="/events">{t("landing.all")}</Link>
          </div>
          <EventGrid events={data === undefined ? undefined : others.slice(0, shownNow)} pictures={0} />
        </section>
      )}
    </>
  );
}

/**
 * Events whose sale had not begun when the page was first seen. They stay where they are when it begins: a row that
 * somebody waits at with the finger over it is not to jump away.
 */
function useAwaited(events: readonly EventSummary[] | undefined): ReadonlySet<string> {
  const [awaited, setAwaited] = useState<ReadonlySet<string>>(new Set());
  const added = (events ?? []).filter(({ id, saleStatus }) => saleStatus === "upcoming" && !awaited.has(id));
  if (added.length > 0) setAwaited(new Set([...awaited, ...added.map(({ id }) => id)]));
  return awaited;
}

/** The same function whenever it is drawn, so that only a link that has just come takes the focus. */
const takeFocus = (link: HTMLAnchorElement | null) => link?.focus();

function Categories() {
  const { t } = useI18n();
  const { data } = useQuery(facetsQuery);
  const [isOpen, setOpen] = useState(false);
  const categories = data?.categories.map(({ value }) => value) ?? [];
  return (
    <nav className={styles.categories} aria-label={t("events.category")}>
      {categories.slice(0, isOpen ? undefined : shownCategories).map((category, index) => (
        <Link
          key={category}
          to="/events"
          search={{ category }}
          // The button had it, and is gone.
          ref={isOpen && index === shownCategories ? takeFocus : undefined}
        >
          {categoryName(category, t)}
        </Link>
      ))}
      {!isOpen && categories.length > shownCategories && (
        <button type="button" aria-expanded={false} onClick={() => setOpen(true)}>
          {t("landing.moreCategories", { count: categories.length - shownCategories })}
        </button>
      )}
    </nav>
  );
}

/** Large events that still have places first: what most visitors came for. */
function orderByInterest(events: EventSummary[]): EventSummary[] {
  return events.toSorted((a, b) => b.availability.total - a.availability.total);
}

function SearchForm() {
  const { t } = useI18n();
  const navigate = useNavigate();
  const [words, setWords] = useState("");
  return (
    <form
      role="search"
      className={styles.search}
      onSubmit={(event) => {
        event.preventDefault();
        const search = words.trim() === "" ? {} : { search: words.trim() };
        // The router's own share of a touch is longer than a frame: the button is seen to be pressed before that.
        void afterPaint().then(() => navigate({ to: "/events", search }));
      }}
    >
      <SearchIcon />
      <SuggestBox
        words={words}
        className={styles.words}
        onChoose={({ slug, search }) => {
          void (slug === undefined
            ? navigate({ to: "/events", search: search ?? {} })
            : navigate({ to: "/events/$slug", params: { slug } }));
        }}
      >
        {(field) => (
          <input
            {...field}
            type="search"
            aria-label={t("events.search")}
            placeholder={t("landing.searchHint")}
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
          />
        )}
      </SuggestBox>
      <Button type="submit" size="md">
        {t("events.search")}
      </Button>
    </form>
  );
}

function Featured({ event, isLoading }: { event: EventSummary | undefined; isLoading: boolean }) {
  const { format } = useI18n();
  if (event === undefined) return isLoading ? <ArtworkSlot className={styles.featuredEmpty} /> : null;
  return (
    <article className={styles.featured}>
      <Artwork event={event} isFirst className={styles.featuredArtwork} />
      <div className={styles.featuredBody}>
        <p className="small">
          {format.day(event.startsAt, event.timeZone)} · {event.venue.name}, {event.venue.city}
        </p>
        <h2>
          <Link to="/events/$slug" params={{ slug: event.slug }}>
            <bdi>{event.title}</bdi>
          </Link>
        </h2>
        <div className={styles.featuredFacts}>
          <PriceFrom range={event.priceRange} />
          <AvailabilityBadge availability={event.availability} saleStatus={event.saleStatus} />
        </div>
      </div>
    </article>
  );
}

function UpcomingRow({ event }: { event: EventSummary }) {
  const { t, format } = useI18n();
  const isUpcoming = event.saleStatus === "upcoming";
  return (
    <article className={styles.upcoming}>
      <Artwork event={event} className={styles.upcomingArtwork} />
      <div className={styles.upcomingText}>
        <h3>
          <Link to="/events/$slug" params={{ slug: event.slug }}>
            <bdi>{event.title}</bdi>
          </Link>
        </h3>
        <p className="muted">
          {event.venue.name}, {event.venue.city} · {format.day(event.startsAt, event.timeZone)}
        </p>
        {isUpcoming ? (
          <p className="small">{t("event.onSaleAt", { time: format.moment(event.onSaleAt) })}</p>
        ) : (
          <AvailabilityBadge availability={event.availability} saleStatus={event.saleStatus} />
        )}
      </div>
      <div className={styles.upcomingCall}>
        {isUpcoming ? (
          <CountdownClock until={event.onSaleAt} />
        ) : (
          event.saleStatus === "onSale" && (
            <ButtonLink to="/events/$slug/pick" params={{ slug: event.slug }}>
              {t("event.chooseTickets")}
            </ButtonLink>
          )
        )}
      </div>
      <ButtonLink to="/events/$slug" params={{ slug: event.slug }} variant="default" className={styles.upcomingMore}>
        {t("landing.details")}
      </ButtonLink>
    </article>
  );
}
