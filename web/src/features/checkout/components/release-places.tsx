import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { cancelBooking } from "@/api/cancel-booking";
import type { Booking } from "@/api/types";
import { forgetHold } from "@/session/hold";
import { Dialog } from "@/ui/dialog";
import { Notice } from "@/ui/notice";
import { showToast } from "@/ui/toasts";
import { useReleaseTexts } from "./release-texts";
import styles from "./release-places.module.css";

interface ReleasePlacesProps {
  booking: Booking;
  isDisabled: boolean;
  onReleased: () => void;
}

/**
 * Giving the places back is asked about first: a moment later somebody else may have them. In a chunk of its own, which
 * comes behind the rest of the checkout.
 */
export default function ReleasePlaces({ booking, isDisabled, onReleased }: ReleasePlacesProps) {
  const own = useReleaseTexts();
  const [isAsking, setAsking] = useState(false);
  const release = useMutation({
    mutationFn: () => cancelBooking(booking.eventId, booking.id),
    onSuccess: () => {
      forgetHold(booking.id);
      showToast(own("released"), "good");
      onReleased();
    },
  });
  return (
    <>
      <Button
        variant="subtle"
        className={styles.release ?? ""}
        disabled={isDisabled}
        onClick={() => {
          release.reset();
          setAsking(true);
        }}
      >
        {own("release")}
      </Button>
      <Dialog
        open={isAsking}
        title={own("releaseTitle")}
        onClose={() => setAsking(false)}
        footer={
          <>
            <Button variant="default" onClick={() => setAsking(false)}>
              {own("releaseKeep")}
            </Button>
            <Button color="red" loading={release.isPending} onClick={() => release.mutate()}>
              {own("releaseConfirm")}
            </Button>
          </>
        }
      >
        <p>{own("releaseText")}</p>
        {release.error !== null && <Notice tone="bad" urgent title={own("releaseFailed")} />}
      </Dialog>
    </>
  );
}
