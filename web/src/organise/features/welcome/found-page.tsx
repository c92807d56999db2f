import { TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { addressOf, foundOrganisation } from "../../api/organisation";
import { useText } from "../../i18n/text";
import { fieldError } from "../../lib/problems";
import { ownZone } from "../../lib/zoned-time";
import { CurrencyField, ZoneField } from "../../ui/known-fields";
import { Form, FieldRow } from "../../ui/form";
import { Page } from "../../ui/page";

interface FoundPageProps {
  /** The account works for no organisation yet. */
  isFirst: boolean;
}

export function FoundPage({ isFirst }: FoundPageProps) {
  const { t, language } = useText();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [name, setName] = useState("");
  const [defaultCurrency, setCurrency] = useState("EUR");
  const [timeZone, setTimeZone] = useState(ownZone);
  const found = useMutation({
    mutationFn: () => foundOrganisation({ name: name.trim(), defaultCurrency, timeZone, language }),
  });
  return (
    <Page title={t("found.title")} lead={t(isFirst ? "found.first" : "found.another")}>
      <Form
        error={found.error}
        fields={["name", "defaultCurrency", "timeZone"]}
        isSending={found.isPending}
        submitLabel={t("found.submit")}
        onSubmit={() =>
          found.mutate(undefined, {
            onSuccess: async (created) => {
              await queryClient.invalidateQueries({ queryKey: ["memberships"] });
              await navigate({ to: "/$org", params: { org: addressOf(created) } });
            },
          })
        }
      >
        <TextInput
          label={t("found.name")}
          description={t("found.nameHint")}
          autoComplete="organization"
          required
          size="md"
          maxLength={100}
          value={name}
          error={fieldError(found.error, "name")}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <FieldRow>
          <CurrencyField
            label={t("organisation.currency")}
            value={defaultCurrency}
            error={fieldError(found.error, "defaultCurrency")}
            onChange={setCurrency}
          />
          <ZoneField
            label={t("organisation.timeZone")}
            value={timeZone}
            error={fieldError(found.error, "timeZone")}
            onChange={setTimeZone}
          />
        </FieldRow>
      </Form>
    </Page>
  );
}
