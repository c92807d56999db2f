import { Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { createPortal } from "react-dom";
import { showToast } from "@/ui/toasts";
import type { Venue } from "../api/types";
import { addVenue, changeVenue } from "../api/venues";
import { useText } from "../i18n/text";
import { useOrganisation } from "../lib/organisation";
import { fieldError } from "../lib/problems";
import { FieldRow } from "./form";
import { FormDialog } from "./form-dialog";
import { CountryField, ZoneField } from "./known-fields";

interface VenueDialogProps {
  /** Left out: a new one. */
  venue?: Venue;
  onClose: () => void;
  onSaved?: (venue: Venue) => void;
}

const fields = [
  "name",
  "city",
  "country",
  "address",
  "timeZone",
  "accessibility",
  "transport",
  "mapUrl",
  "coordinates",
];

/** A venue, from wherever one is needed. */
export function VenueDialog({ venue, onClose, onSaved }: VenueDialogProps) {
  const { t } = useText();
  const { org, organisation } = useOrganisation();
  const queryClient = useQueryClient();
  const [entries, setEntries] = useState({
    name: venue?.name ?? "",
    city: venue?.city ?? "",
    country: venue?.country ?? countryOf(organisation.language),
    address: venue?.address ?? "",
    timeZone: venue?.timeZone ?? organisation.timeZone,
    accessibility: venue?.accessibility ?? "",
    transport: venue?.transport ?? "",
    mapUrl: venue?.mapUrl ?? "",
    coordinates: venue?.coordinates ?? "",
  });
  const save = useMutation({
    mutationFn: () => (venue === undefined ? addVenue(org, entries) : changeVenue(org, venue.id, entries)),
    onSuccess: async (saved) => {
      await queryClient.invalidateQueries({ queryKey: ["organisation", org, "venues"] });
      showToast(t("common.saved"), "good");
      onSaved?.(saved);
      onClose();
    },
  });
  const field = (name: "name" | "city" | "address" | "accessibility" | "transport" | "mapUrl" | "coordinates") => ({
    size: "md" as const,
    value: entries[name],
    error: fieldError(save.error, name),
    onChange: (event: React.ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) =>
      setEntries({ ...entries, [name]: event.currentTarget.value }),
  });
  // Beside the page: in the form that asks for a venue it would be a form in a form.
  return createPortal(
    <FormDialog
      title={venue === undefined ? t("venues.new") : t("venues.change")}
      error={save.error}
      fields={fields}
      isSending={save.isPending}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <TextInput label={t("venues.name")} required maxLength={100} {...field("name")} />
      <TextInput label={t("venues.address")} maxLength={300} {...field("address")} />
      <FieldRow>
        <TextInput label={t("events.city")} required maxLength={100} {...field("city")} />
        <CountryField
          label={t("venues.country")}
          value={entries.country}
          error={fieldError(save.error, "country")}
          onChange={(country) => setEntries({ ...entries, country })}
        />
      </FieldRow>
      <ZoneField
        label={t("venues.timeZone")}
        description={t("venues.timeZoneHint")}
        value={entries.timeZone}
        error={fieldError(save.error, "timeZone")}
        onChange={(timeZone) => setEntries({ ...entries, timeZone })}
      />
      <Textarea
        label={t("venues.accessibility")}
        description={t("venues.accessibilityHint")}
        rows={3}
        maxLength={2000}
        {...field("accessibility")}
      />
      <Textarea
        label={t("venues.transport")}
        description={t("venues.transportHint")}
        rows={3}
        maxLength={2000}
        {...field("transport")}
      />
      <TextInput label={t("venues.mapUrl")} type="url" maxLength={500} {...field("mapUrl")} />
      <TextInput
        label={t("venues.coordinates")}
        description={t("venues.coordinatesHint")}
        dir="ltr"
        maxLength={50}
        {...field("coordinates")}
      />
    </FormDialog>,
    document.body,
  );
}

/** A guess that is right more often than the first of the alphabet. */
function countryOf(language: string): string {
  const region = new Intl.Locale(navigator.language).region;
  return region ?? ({ de: "DE", es: "ES", ar: "AE" } as Record<string, string>)[language] ?? "GB";
}
