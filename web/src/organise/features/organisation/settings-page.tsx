import { TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { showToast } from "@/ui/toasts";
import { addressOf, changeOrganisation } from "../../api/organisation";
import type { OrganisationDetails } from "../../api/types";
import { useText, type TextKey } from "../../i18n/text";
import { useOrganisation } from "../../lib/organisation";
import { fieldError } from "../../lib/problems";
import { FieldRow, Form } from "../../ui/form";
import { CurrencyField, LanguageField, ZoneField } from "../../ui/known-fields";
import { Page, Section } from "../../ui/page";
import { Swatch } from "../../ui/swatch";

type Entries = Pick<
  OrganisationDetails,
  | "name"
  | "slug"
  | "contactEmail"
  | "contactPhone"
  | "website"
  | "imprintUrl"
  | "termsUrl"
  | "privacyUrl"
  | "defaultCurrency"
  | "timeZone"
  | "language"
  | "accentColour"
>;

const texts = [
  ["contactEmail", "organisation.contactEmail", "email"],
  ["contactPhone", "organisation.contactPhone", "tel"],
  ["website", "organisation.website", "url"],
  ["imprintUrl", "organisation.imprintUrl", "url"],
  ["termsUrl", "organisation.termsUrl", "url"],
  ["privacyUrl", "organisation.privacyUrl", "url"],
] as const satisfies readonly (readonly [keyof Entries, TextKey, string])[];

const fields = [
  "name",
  "slug",
  "defaultCurrency",
  "timeZone",
  "language",
  "accentColour",
  ...texts.map(([name]) => name),
];

/** The organisation itself: what buyers see of it, and what new events begin with. */
export function SettingsPage() {
  const { t } = useText();
  const { organisation, org, can } = useOrganisation();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [changed, setChanged] = useState<Partial<Entries>>({});
  const entries: Entries = { ...organisation, ...changed };
  const change = (part: Partial<Entries>) => setChanged({ ...changed, ...part });
  const save = useMutation({
    mutationFn: () => changeOrganisation(org, changed),
    onSuccess: async (saved) => {
      queryClient.setQueryData(["organisation", addressOf(saved)], saved);
      setChanged({});
      showToast(t("common.saved"), "good");
      // Its name in addresses may be another now.
      if (addressOf(saved) !== org)
        await navigate({ to: "/$org/settings", params: { org: addressOf(saved) }, replace: true });
      await queryClient.invalidateQueries({ queryKey: ["memberships"] });
    },
  });
  const mayEdit = can("organisation.edit");
  const field = (name: keyof Entries) => ({
    size: "md" as const,
    value: entries[name],
    error: fieldError(save.error, name),
    readOnly: !mayEdit,
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => change({ [name]: event.currentTarget.value }),
  });
  return (
    <Page title={t("nav.settings")} lead={t(mayEdit ? "settings.lead" : "settings.readOnly")}>
      <Form
        error={save.error}
        fields={fields}
        isSending={save.isPending}
        submitLabel={t("common.save")}
        isDisabled={!mayEdit || Object.keys(changed).length === 0}
        onSubmit={() => save.mutate()}
      >
        <Section title={t("settings.shown")}>
          <FieldRow>
            <TextInput label={t("found.name")} required maxLength={100} {...field("name")} />
            <TextInput
              label={t("organisation.slug")}
              description={t("organisation.slugHint")}
              required
              maxLength={60}
              {...field("slug")}
            />
          </FieldRow>
          <FieldRow>
            {texts.map(([name, label, type]) => (
              <TextInput key={name} label={t(label)} type={type} maxLength={500} {...field(name)} />
            ))}
          </FieldRow>
          <TextInput
            label={t("organisation.accent")}
            description={t("organisation.accentHint")}
            maxLength={7}
            leftSection={<Swatch colour={entries.accentColour} />}
            {...field("accentColour")}
          />
        </Section>
        <Section title={t("settings.defaults")} text={t("settings.defaultsText")}>
          <FieldRow>
            <CurrencyField
              label={t("organisation.currency")}
              value={entries.defaultCurrency}
              disabled={!mayEdit}
              error={fieldError(save.error, "defaultCurrency")}
              onChange={(defaultCurrency) => change({ defaultCurrency })}
            />
            <ZoneField
              label={t("organisation.timeZone")}
              value={entries.timeZone}
              disabled={!mayEdit}
              error={fieldError(save.error, "timeZone")}
              onChange={(timeZone) => change({ timeZone })}
            />
            <LanguageField
              label={t("nav.language")}
              value={entries.language}
              disabled={!mayEdit}
              error={fieldError(save.error, "language")}
              onChange={(language) => change({ language })}
            />
          </FieldRow>
        </Section>
      </Form>
    </Page>
  );
}
