import { Skeleton } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useI18n } from "@/i18n/i18n";
import { useStore } from "@/lib/external-store";
import { useAccount } from "@/session/use-session";
import { ButtonLink } from "@/ui/button-link";
import { EmptyState } from "@/ui/empty-state";
import { useTitle } from "@/ui/use-title";
import { useFavouritesMessages } from "../messages";
import { favourites } from "../model/favourites";
import styles from "./favourites-page.module.css";
import { FollowVenue } from "./follow-venue";

interface FavouritesPageProps {
  /** The cards of events to come among these; `none` where there are none. */
  cards: (which: { ids: string } | { venue: string }, none: ReactNode) => ReactNode;
}

export function FavouritesPage({ cards }: FavouritesPageProps) {
  const { t: tShop } = useI18n();
  const t = useFavouritesMessages();
  useTitle(t("page.title"));
  const { events, venues, isKnown } = useStore(favourites);
  const account = useAccount();
  const none = (
    <EmptyState title={t("page.noneTitle")} text={t("page.noneText")}>
      <ButtonLink to="/events">{tShop("common.browse")}</ButtonLink>
    </EmptyState>
  );
  if (!isKnown && events.length === 0) {
    return (
      <div role="status" className={styles.page}>
        <span className="visually-hidden">{tShop("common.loading")}</span>
        <Skeleton height={300} />
      </div>
    );
  }
  return (
    <div className={styles.page}>
      <h1>{t("page.title")}</h1>
      {account === undefined && events.length + venues.length > 0 && (
        <p className="muted">
          {t("page.guest")} <Link to="/login">{tShop("nav.signIn")}</Link>
        </p>
      )}
      {events.length === 0 ? none : cards({ ids: events.toSorted().join(",") }, none)}
      {venues.length > 0 && (
        <>
          <section className={styles.section} aria-labelledby="followed">
            <h2 id="followed">{t("venues.title")}</h2>
            <ul className={styles.venues}>
              {venues.map((venue) => (
                <li key={venue.slug}>
                  <span>
                    <Link to="/venues/$slug" params={{ slug: venue.slug }}>
                      <bdi>{venue.name}</bdi>
                    </Link>
                    , <bdi>{venue.city}</bdi>
                  </span>
                  <FollowVenue venue={venue} />
                </li>
              ))}
            </ul>
          </section>
          <section className={styles.section} aria-labelledby="next">
            <h2 id="next">{t("venues.next")}</h2>
            {cards(
              { venue: venues.map(({ slug }) => slug).join(",") },
              <p className="muted">{tShop("presenter.none")}</p>,
            )}
          </section>
        </>
      )}
    </div>
  );
}
