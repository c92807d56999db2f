import { TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { addDraft } from "../../api/events";
import { useText } from "../../i18n/text";
import { useOrganisation } from "../../lib/organisation";
import { fieldError } from "../../lib/problems";
import { Form } from "../../ui/form";
import { Page } from "../../ui/page";
import { Steps } from "../../ui/steps";
import { CategoryField } from "./details-fields";
import { stepNames, stepsOf } from "./setup-steps";

/**
 * The first of five short screens. From its end on the draft is kept by the server, and can be gone on with anywhere.
 */
export function NewEventPage() {
  const { t } = useText();
  const { org } = useOrganisation();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [title, setTitle] = useState("");
  const [category, setCategory] = useState("concert");
  const add = useMutation({
    mutationFn: () => addDraft(org, { title: title.trim(), category }),
    onSuccess: async (draft) => {
      void queryClient.invalidateQueries({ queryKey: ["organisation", org, "events"] });
      await navigate({
        to: "/$org/events/$event/setup",
        params: { org, event: draft.id },
        search: { step: "place" },
      });
    },
  });
  return (
    <Page
      title={t("setup.title")}
      above={
        <Link to="/$org/events" params={{ org }}>
          {t("nav.organiseEvents")}
        </Link>
      }
      lead={t("setup.lead")}
    >
      <Steps
        label={t("setup.steps")}
        current="name"
        steps={stepsOf(undefined).map((step) => ({ ...step, name: t(stepNames[step.id]) }))}
      />
      <Form
        error={add.error}
        fields={["title", "category"]}
        isSending={add.isPending}
        isDisabled={title.trim() === ""}
        submitLabel={t("setup.next")}
        onSubmit={() => add.mutate()}
      >
        <TextInput
          label={t("setup.name")}
          description={t("setup.nameHint")}
          required
          size="md"
          maxLength={200}
          value={title}
          error={fieldError(add.error, "title")}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <CategoryField value={category} error={fieldError(add.error, "category")} onChange={setCategory} />
      </Form>
    </Page>
  );
}
