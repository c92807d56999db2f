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

const attempts = 3;

interface CancelDialogProps {
  event: EventDetails;
  booking: Booking;
  open: boolean;
  onClose: () => void;
}

/** In a chunk of its own, which comes behind the tickets. */
export default function CancelDialog({ event, booking, open, onClose }: CancelDialogProps) {
  const { t, format } = useI18n();
  const queryClient = useQueryClient();
  const cancel = useMutation({
    mutationFn: () => withRetries(() => cancelBooking(event.id, booking.id), attempts),
    onSuccess: (cancelled) => {
      queryClient.setQueryData(["booking", booking.id], cancelled);
      void queryClient.invalidateQueries({ queryKey: ["my-bookings"] });
      onClose();
      showToast(t("cancel.done"), "good");
    },
  });
  return (
    <Dialog
      open={open}
      title={t("cancel.title")}
      onClose={onClose}
      footer={
        <>
          <Button variant="default" onClick={onClose}>
            {t("cancel.keep")}
          </Button>
          <Button color="red" loading={cancel.isPending} onClick={() => cancel.mutate()}>
            {t("cancel.confirm")}
          </Button>
        </>
      }
    >
      <p>{t("cancel.text", { event: event.title, count: booking.items.length, total: format.money(booking.total) })}</p>
      {cancel.error !== null && (
        <Notice
          tone="bad"
          urgent
          title={t(problemOf(cancel.error)?.code === "not-cancellable" ? "cancel.tooLate" : "cancel.failed")}
        />
      )}
    </Dialog>
  );
}
