import { Button } from "@mantine/core";
import { useIsMutating, useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { ProblemError } from "@/api/problem";
import type { Booking } from "@/api/types";
import { useI18n } from "@/i18n/i18n";
import { useStore } from "@/lib/external-store";
import { clockText, secondsLeft } from "@/lib/hold-time";
import { serverNow } from "@/lib/server-clock";
import { activeHolds, forgetHold, rememberHold, type ActiveHold } from "@/session/hold";
import { Dialog } from "@/ui/dialog";
import { Notice } from "@/ui/notice";
import { showToast } from "@/ui/toasts";
import { useNow } from "@/ui/use-now";
import { bookingQuery, extendHold, payKey } from "../api/booking";
import { useExtendTexts } from "./extend-texts";
import { lockHold } from "../model/hold-lock";

/** WCAG 2.2.1 asks for 20 seconds at least. */
const warnedAtSeconds = 60;

/** Asks a minute before a hold ends whether the buyer needs more time, wherever in the shop they are. */
export function ExtendDialog() {
  // As long as anything is held: here, since this is there for just as long.
  useEffect(lockHold, []);
  const extendable = useStore(activeHolds).filter(({ extensionsLeft = 0 }) => extensionsLeft > 0);
  return extendable.length === 0 ? null : <Watch holds={extendable} />;
}

function Watch({ holds }: { holds: readonly ActiveHold[] }) {
  const now = useNow();
  const [declined, setDeclined] = useState<readonly string[]>([]);
  // A question in the middle of a payment would only be in its way: its lease keeps the places.
  const isPaying = useIsMutating({ mutationKey: payKey }) > 0;
  const ending = holds.find(({ bookingId, expiresAt }) => {
    const left = secondsLeft(expiresAt, now);
    return left > 0 && left <= warnedAtSeconds && !declined.includes(bookingId);
  });
  if (ending === undefined || isPaying) return null;
  return (
    <Question
      key={ending.bookingId}
      hold={ending}
      left={secondsLeft(ending.expiresAt, now)}
      onDecline={() => setDeclined([...declined, ending.bookingId])}
    />
  );
}

function Question({ hold, left, onDecline }: { hold: ActiveHold; left: number; onDecline: () => void }) {
  const { t } = useI18n();
  const say = useExtendTexts();
  const queryClient = useQueryClient();
  const { eventId, bookingId } = hold;
  const take = (booking: Booking) => {
    queryClient.setQueryData(bookingQuery(eventId, bookingId).queryKey, booking);
    if (booking.state !== "held") forgetHold(bookingId);
    else rememberHold({ ...hold, expiresAt: booking.expiresAt, extensionsLeft: booking.extensionsLeft ?? 0 });
  };
  const extend = useMutation({
    mutationFn: async () => {
      try {
        return await extendHold(eventId, bookingId);
      } catch (error) {
        // Refused: perhaps it was extended before and the answer was lost. The booking itself says.
        if (!(error instanceof ProblemError) || error.status !== 409) throw error;
        return queryClient.fetchQuery({ ...bookingQuery(eventId, bookingId), staleTime: 0 });
      }
    },
    onSuccess: (booking) => {
      const isLonger = Date.parse(booking.expiresAt) > Date.parse(hold.expiresAt);
      if (isLonger) {
        showToast(say("done", { time: clockText(secondsLeft(booking.expiresAt, serverNow())) }), "good");
      } else {
        showToast(say("refused"), "bad");
      }
      take(booking);
    },
  });
  return (
    <Dialog
      open
      title={say("title")}
      onClose={onDecline}
      footer={
        <>
          <Button loading={extend.isPending} onClick={() => extend.mutate()}>
            {say("yes")}
          </Button>
          <Button variant="default" onClick={onDecline}>
            {say("no")}
          </Button>
        </>
      }
    >
      <p>{say("text", { event: hold.title })}</p>
      <p>
        <strong className="num" role="timer" aria-live="off">
          {clockText(left)}
        </strong>
      </p>
      {extend.error !== null && <Notice tone="bad" urgent title={t("refusal.noAnswer")} />}
    </Dialog>
  );
}
