import { Button, Skeleton } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useI18n } from "@/i18n/i18n";
import { serverNow } from "@/lib/server-clock";
import { ButtonLink } from "@/ui/button-link";
import { EmptyState } from "@/ui/empty-state";
import { Segments } from "@/ui/segments";
import { useTitle } from "@/ui/use-title";
import { myBookingsQuery } from "../api/queries";
import { isShown, isUpcoming } from "../model/booking-state";
import type { WhichBookings } from "../model/bookings-search";
import { BookingRow } from "./booking-row";
import styles from "./my-bookings.module.css";
import { useMyBookingsTexts } from "./my-bookings-texts";

interface MyBookingsProps {
  notice: ReactNode;
  which: WhichBookings;
  onWhich: (which: WhichBookings) => void;
}

export function MyBookings({ notice, which, onWhich }: MyBookingsProps) {
  const { t } = useI18n();
  const say = useMyBookingsTexts();
  useTitle(say("title"));
  const isPast = which === "past";
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(myBookingsQuery);
  const shown = data?.pages
    .flatMap((page) => page.data)
    .filter(isShown)
    .filter((booking) => isUpcoming(booking, serverNow()) !== isPast);
  return (
    <div className={styles.page}>
      <h1>{say("title")}</h1>
      {notice}
      <Segments
        label={say("which")}
        value={which}
        choices={[
          { value: "upcoming", label: say("upcoming") },
          { value: "past", label: say("past") },
        ]}
        onChoose={onWhich}
      />
      {shown === undefined ? (
        <div className="stack" role="status">
          <span className="visually-hidden">{t("common.loading")}</span>
          {[1, 2, 3].map((key) => (
            <Skeleton key={key} height={120} radius="lg" />
          ))}
        </div>
      ) : shown.length === 0 && !hasNextPage ? (
        <EmptyState title={say(isPast ? "nonePast" : "none")} text={say(isPast ? "nonePastText" : "noneText")}>
          <ButtonLink to="/events">{t("common.browse")}</ButtonLink>
        </EmptyState>
      ) : (
        <ul className={styles.list}>
          {shown.map((booking) => (
            <li key={booking.booking.id}>
              <BookingRow {...booking} />
            </li>
          ))}
        </ul>
      )}
      {hasNextPage && (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {say("more")}
        </Button>
      )}
    </div>
  );
}
