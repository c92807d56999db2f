import type { Tagged } from "../../api/tagged";
import type { OwnEvent } from "../../api/types";
import { useText } from "../../i18n/text";
import { useOrganisation } from "../../lib/organisation";
import { Section } from "../../ui/page";
import { DetailsFields } from "./details-fields";
import { EventSectionForm } from "./event-section";
import { ImageSection } from "./image-section";
import { PayLaterSection } from "./pay-later-section";
import { PlaceFields, useZone } from "./place-fields";
import { SaleFields } from "./sale-fields";
import { TicketRulesSection } from "./ticket-rules-section";
import { useEventForm } from "./use-event-form";

interface PageProps {
  stored: Tagged<OwnEvent>;
}

function useSection(stored: Tagged<OwnEvent>) {
  const { org, can } = useOrganisation();
  const form = useEventForm(org, stored);
  const timeZone = useZone(stored.value, form.entries);
  return { form, timeZone, mayEdit: can("events.edit") && stored.value.status !== "cancelled" };
}

/** What buyers read, and when and where it is. */
export function DetailsPage({ stored }: PageProps) {
  const { t } = useText();
  const section = useSection(stored);
  const { wasPublished } = stored.value;
  return (
    <>
      <ImageSection event={stored.value} />
      <EventSectionForm
        {...section}
        fields={[
          ...(["title", "category", "summary", "description", "slug", "ageLimit"] as const),
          ...(["venueId", "startsAt", "endsAt", "doorsAt"] as const),
        ]}
      >
        <Section title={t("details.read")}>
          <DetailsFields {...section} />
        </Section>
        <Section title={t("details.place")} {...(wasPublished && { text: t("details.movedElsewhere") })}>
          <PlaceFields {...section} event={stored.value} hasFixedStart={wasPublished} />
        </Section>
      </EventSectionForm>
    </>
  );
}

export function SalePage({ stored }: PageProps) {
  const section = useSection(stored);
  return (
    <>
      <EventSectionForm
        {...section}
        fields={["onSaleAt", "offSaleAt", "maxTicketsPerBuyer", "holdMinutes", "cancellableUntil"]}
      >
        <SaleFields {...section} />
      </EventSectionForm>
      <PayLaterSection event={stored.value} />
      <TicketRulesSection event={stored.value} />
    </>
  );
}
