import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { EventDetails, WaitlistPlace } from "@/api/types";
import { useI18n } from "@/i18n/i18n";
import { useSession } from "@/session/use-session";
import { ButtonLink } from "@/ui/button-link";
import { Notice } from "@/ui/notice";
import { isLive, leaveWaitlist, placeQuery } from "./waitlist";
import { WaitlistForm } from "./waitlist-form";
import styles from "./waitlist-panel.module.css";
import { useWaitlistTexts, type WaitlistTexts } from "./waitlist-texts";

/** Where a sold-out event leads on: a place in line, and the offer when it is there. */
export default function WaitlistPanel({ event, offerMinutes }: { event: EventDetails; offerMinutes: number }) {
  const texts = useWaitlistTexts();
  const { format } = useI18n();
  const isBuyer = useSession().status === "signedIn";
  const { data: place } = useQuery({ ...placeQuery(event.id), enabled: isBuyer });
  const [isJoining, setJoining] = useState(false);
  if (!isLive(place) && event.tiers.every((tier) => tier.available > 0)) return null;
  const offer = place?.state === "offered" ? place.offer : undefined;
  return (
    <section className={styles.panel} aria-labelledby="waitlist" data-offered={offer != null}>
      {/* What becomes of the place is read out as it changes. */}
      <div aria-live="polite">
        <h2 id="waitlist">{offer == null ? texts.title : fill(texts.offered, { places: places(place, texts) })}</h2>
        <Standing place={place ?? undefined} texts={texts} until={(moment) => format.moment(moment)} />
      </div>
      {offer != null && (
        <div className={styles.actions}>
          <ButtonLink to="/checkout/$eventId/$bookingId" params={{ eventId: event.id, bookingId: offer.bookingId }}>
            {texts.pay}
          </ButtonLink>
          <Leave eventId={event.id} label={texts.giveBack} />
        </div>
      )}
      {place?.state === "waiting" && (
        <div className={styles.actions}>
          <Leave eventId={event.id} label={texts.leave} />
        </div>
      )}
      {!isLive(place) && (
        <>
          <p className="small">{fill(texts.about, { time: duration(offerMinutes, texts) })}</p>
          {isJoining ? (
            <WaitlistForm event={event} onDone={() => setJoining(false)} />
          ) : (
            <Button variant="default" size="md" onClick={() => setJoining(true)}>
              {texts.open}
            </Button>
          )}
        </>
      )}
    </section>
  );
}

interface StandingProps {
  place: WaitlistPlace | undefined;
  texts: WaitlistTexts;
  until: (moment: string) => string;
}

function Standing({ place, texts, until }: StandingProps) {
  switch (place?.state) {
    case "waiting":
      return (
        <>
          <p>{fill(texts.line, { position: String(place.position ?? 1), places: places(place, texts) })}</p>
          {place.quantity > 1 && <p className="small muted">{texts.large}</p>}
        </>
      );
    case "offered":
      return place.offer == null ? null : <p>{fill(texts.until, { time: until(place.offer.heldUntil) })}</p>;
    case "offerExpired":
      return <Notice tone="warn">{texts.expired}</Notice>;
    case "declined":
      return <p>{texts.declined}</p>;
    case "bought":
      return <p>{texts.bought}</p>;
    case "limitReached":
      return <Notice tone="warn">{texts.limit}</Notice>;
    default:
      return null;
  }
}

function Leave({ eventId, label }: { eventId: string; label: string }) {
  const texts = useWaitlistTexts();
  const queryClient = useQueryClient();
  const leave = useMutation({
    mutationFn: () => leaveWaitlist(eventId),
    onSettled: () => queryClient.invalidateQueries({ queryKey: placeQuery(eventId).queryKey }),
  });
  return (
    <>
      <Button variant="subtle" size="md" loading={leave.isPending} onClick={() => leave.mutate()}>
        {label}
      </Button>
      {leave.isError && <Notice tone="bad" urgent title={texts.failed} />}
    </>
  );
}

function fill(text: string, values: Record<string, string>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

function places(place: WaitlistPlace | undefined | null, texts: WaitlistTexts): string {
  const count = place?.quantity ?? 1;
  return count === 1 ? texts.place : fill(texts.places, { count: String(count) });
}

function duration(minutes: number, texts: WaitlistTexts): string {
  return minutes % 60 === 0 && minutes > 60
    ? fill(texts.hours, { count: String(minutes / 60) })
    : fill(texts.minutes, { count: String(minutes) });
}
