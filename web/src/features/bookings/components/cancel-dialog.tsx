import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { cancelBooking } from "@/api/cancel-booking";
import { problemOf } from "@/api/problem";
import type { Booking, EventDetails } from "@/api/types";
import { useI18n } from "@/i18n/i18n";
import { withRetries } from "@/lib/retry";
import { Dialog } from "@/ui/dialog";
import { Notice } from "@/ui/notice";
import { showToast } from "@/ui/toasts";
import { useCancelTexts } from "./cancel-texts";

const attempts = 3;

interface CancelDialogProps {
  event: EventDetails;
  booking: Booking;
  open: boolean;
  onClose: () => void;
}

/** In a chunk of its own, which comes behind the tickets. */
export default function CancelDialog({ event, booking, open, onClose }: CancelDialogProps) {
  const { format } = useI18n();
  const say = useCancelTexts();
  const queryClient = useQueryClient();
  const cancel = useMutation({
    mutationFn: () => withRetries(() => cancelBooking(event.id, booking.id), attempts),
    onSuccess: (cancelled) => {
      queryClient.setQueryData(["booking", booking.id], cancelled);
      void queryClient.invalidateQueries({ queryKey: ["my-bookings"] });
      onClose();
      showToast(say("done"), "good");
    },
  });
  return (
    <Dialog
      open={open}
      title={say("title")}
      onClose={onClose}
      footer={
        <>
          <Button variant="default" onClick={onClose}>
            {say("keep")}
          </Button>
          <Button color="red" loading={cancel.isPending} onClick={() => cancel.mutate()}>
            {say("confirm")}
          </Button>
        </>
      }
    >
      <p>{say("text", { event: event.title, count: booking.items.length, total: format.money(booking.total) })}</p>
      {cancel.error !== null && (
        <Notice
          tone="bad"
          urgent
          title={say(problemOf(cancel.error)?.code === "not-cancellable" ? "tooLate" : "failed")}
        />
      )}
    </Dialog>
  );
}
