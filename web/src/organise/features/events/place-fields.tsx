import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { OwnEvent } from "../../api/types";
import { venuesQuery } from "../../api/venues";
import { useText } from "../../i18n/text";
import { useOrganisation } from "../../lib/organisation";
import { fieldError } from "../../lib/problems";
import { ChoiceField, TimeField } from "../../ui/fields";
import { FieldRow } from "../../ui/form";
import { VenueDialog } from "../../ui/venue-dialog";
import { inZone, type EventEntries } from "./event-entries";
import type { EventForm } from "./use-event-form";

const newVenue = "new";

/** The zone of the chosen venue, in which all of an event's times are meant. */
export function useZone(event: OwnEvent, entries: EventEntries): string {
  const { org } = useOrganisation();
  const { data } = useQuery(venuesQuery(org));
  if (entries.venueId === undefined || entries.venueId === event.venue?.id) return event.timeZone;
  return data?.data.find(({ id }) => id === entries.venueId)?.timeZone ?? event.timeZone;
}

interface PlaceFieldsProps {
  event: OwnEvent;
  form: EventForm;
  mayEdit: boolean;
  /** Its start is moved with notice to buyers, on a page of its own. */
  hasFixedStart?: boolean;
}

/** When and where. */
export function PlaceFields({ event, form, mayEdit, hasFixedStart = false }: PlaceFieldsProps) {
  const { t } = useText();
  const { org, can } = useOrganisation();
  const { entries, change, error } = form;
  const zone = useZone(event, entries);
  const { data } = useQuery(venuesQuery(org));
  const [isAdding, setIsAdding] = useState(false);
  const known = data?.data ?? [];
  const own = event.venue;
  const venues =
    own === undefined || own === null || known.some(({ id }) => id === own.id)
      ? known
      : [{ ...own, timeZone: event.timeZone }, ...known];
  const choose = (venueId: string | undefined, timeZone: string) =>
    change({ venueId, ...inZone(entries, zone, timeZone) });
  const isLocked = !mayEdit || hasFixedStart;
  return (
    <>
      <ChoiceField
        label={t("eventForm.venue")}
        value={entries.venueId ?? ""}
        disabled={!mayEdit}
        choices={[
          { value: "", label: t("eventForm.noVenue") },
          ...venues.map(({ id, name, city }) => ({ value: id, label: `${name}, ${city}` })),
          ...(can("venues.edit") ? [{ value: newVenue, label: t("eventForm.newVenue") }] : []),
        ]}
        error={fieldError(error, "venueId")}
        onChange={(value) => {
          if (value === newVenue) setIsAdding(true);
          else if (value === "") change({ venueId: undefined });
          else choose(value, venues.find(({ id }) => id === value)?.timeZone ?? zone);
        }}
      />
      {isAdding && (
        <VenueDialog onClose={() => setIsAdding(false)} onSaved={(venue) => choose(venue.id, venue.timeZone)} />
      )}
      <FieldRow>
        <TimeField
          label={t("eventForm.startsAt")}
          required
          value={entries.startsAt}
          timeZone={zone}
          readOnly={isLocked}
          error={fieldError(error, "startsAt")}
          onChange={(startsAt) => {
            // What was moved to another evening ends there too.
            const length = Date.parse(entries.endsAt ?? "") - Date.parse(entries.startsAt ?? "");
            const end = Date.parse(startsAt ?? "") + length;
            change({ startsAt, ...(Number.isFinite(end) && { endsAt: new Date(end).toISOString() }) });
          }}
        />
        <TimeField
          label={t("eventForm.endsAt")}
          required
          value={entries.endsAt}
          timeZone={zone}
          readOnly={isLocked}
          error={fieldError(error, "endsAt")}
          onChange={(endsAt) => change({ endsAt })}
        />
        <TimeField
          label={t("eventForm.doorsAt")}
          value={entries.doorsAt}
          timeZone={zone}
          readOnly={!mayEdit}
          error={fieldError(error, "doorsAt")}
          onChange={(doorsAt) => change({ doorsAt })}
        />
      </FieldRow>
    </>
  );
}
