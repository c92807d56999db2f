import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState, type ReactNode } from "react";
import { showToast } from "@/ui/toasts";
import { cancelEvent, deleteEvent, ownEventKey, unpublishEvent } from "../../api/events";
import type { Tagged } from "../../api/tagged";
import type { OwnEvent } from "../../api/types";
import { useText } from "../../i18n/text";
import { useOrganisation } from "../../lib/organisation";
import { Confirm } from "../../ui/confirm";
import { CheckField } from "../../ui/fields";
import { Section } from "../../ui/page";
import { DuplicateSection } from "./duplicate-section";
import { RescheduleForm } from "./reschedule-form";
import { PublishStep } from "./setup-page";
import { sumOf } from "./sums";

/** Publishing and everything that moves or ends an event. */
export function DatesPage({ stored }: { stored: Tagged<OwnEvent> }) {
  const { t } = useText();
  const { can } = useOrganisation();
  const event = stored.value;
  const mayPublish = can("events.publish");
  return (
    <>
      {event.status !== "cancelled" && (
        <Section title={t("dates.visible")}>
          <PublishStep stored={stored} />
          {event.status === "published" && mayPublish && <Unpublish stored={stored} />}
        </Section>
      )}
      {event.wasPublished && event.status !== "cancelled" && mayPublish && (
        <Section title={t("dates.move")} text={t("dates.moveText")}>
          <RescheduleForm event={event} />
        </Section>
      )}
      {can("events.edit") && <DuplicateSection event={event} />}
      {event.wasPublished && event.status !== "cancelled" && mayPublish && (
        <Section title={t("dates.cancel")} text={t("dates.cancelText")}>
          <CancelEvent event={event} />
        </Section>
      )}
      {!event.wasPublished && can("events.edit") && (
        <Section title={t("dates.delete")} text={t("dates.deleteText")}>
          <DeleteEvent event={event} />
        </Section>
      )}
    </>
  );
}

/** A button that asks first. */
function Asked({
  label,
  isGrave = false,
  children,
}: {
  label: string;
  isGrave?: boolean;
  children: (close: () => void) => ReactNode;
}) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <div>
      <Button variant="default" {...(isGrave && { color: "red", variant: "light" })} onClick={() => setIsOpen(true)}>
        {label}
      </Button>
      {isOpen && children(() => setIsOpen(false))}
    </div>
  );
}

function useAdopt(eventId: string) {
  const { org } = useOrganisation();
  const queryClient = useQueryClient();
  return (saved: Tagged<OwnEvent>) => {
    queryClient.setQueryData(ownEventKey(org, eventId), saved);
    void queryClient.invalidateQueries({ queryKey: ["organisation", org, "events"] });
  };
}

function Unpublish({ stored }: { stored: Tagged<OwnEvent> }) {
  const { t } = useText();
  const { org } = useOrganisation();
  const event = stored.value;
  const adopt = useAdopt(event.id);
  return (
    <Asked label={t("dates.unpublish")}>
      {(close) => (
        <Confirm
          title={t("dates.unpublishTitle")}
          confirmLabel={t("dates.unpublish")}
          run={async () => adopt(await unpublishEvent(org, event.id, stored.etag))}
          onClose={close}
        >
          <p>{t("dates.unpublishText", { count: sumOf(event.tiers).sold })}</p>
        </Confirm>
      )}
    </Asked>
  );
}

function CancelEvent({ event }: { event: OwnEvent }) {
  const { t, format } = useText();
  const { org } = useOrganisation();
  const adopt = useAdopt(event.id);
  const [isRefunded, setIsRefunded] = useState(true);
  const { sold } = sumOf(event.tiers);
  const value = event.tiers.reduce((sum, tier) => sum + tier.sold * tier.price.amount, 0);
  const money = format.money({ amount: value, currency: event.currency });
  return (
    <Asked label={t("dates.cancel")} isGrave>
      {(close) => (
        <Confirm
          title={t("dates.cancelTitle", { title: event.title })}
          confirmLabel={t(isRefunded ? "dates.cancelRefund" : "dates.cancel")}
          isGrave
          run={async () => adopt(await cancelEvent(org, event.id, isRefunded))}
          onDone={() => showToast(t("dates.cancelled"), "good")}
          onClose={close}
        >
          <p>{t("dates.cancelConsequence")}</p>
          <CheckField label={t("dates.refundAll")} checked={isRefunded} onChange={setIsRefunded} />
          <p>
            <strong>
              {isRefunded
                ? t("dates.refundsSold", { count: sold, money })
                : t("dates.refundsNone", { count: sold, money })}
            </strong>
          </p>
        </Confirm>
      )}
    </Asked>
  );
}

function DeleteEvent({ event }: { event: OwnEvent }) {
  const { t } = useText();
  const { org } = useOrganisation();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  return (
    <Asked label={t("dates.delete")} isGrave>
      {(close) => (
        <Confirm
          title={t("dates.deleteTitle", { title: event.title })}
          confirmLabel={t("common.delete")}
          isGrave
          run={() => deleteEvent(org, event.id)}
          onDone={() => {
            void queryClient.invalidateQueries({ queryKey: ["organisation", org, "events"] });
            void navigate({ to: "/$org/events", params: { org } });
          }}
          onClose={close}
        >
          <p>{t("dates.deleteConsequence")}</p>
        </Confirm>
      )}
    </Asked>
  );
}
