import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Notice } from "@/ui/notice";
import { ownEventKey, publishEvent } from "../../api/events";
import type { Tagged } from "../../api/tagged";
import type { OwnEvent } from "../../api/types";
import { useText } from "../../i18n/text";
import { useOrganisation } from "../../lib/organisation";
import { formError } from "../../lib/problems";
import { Page } from "../../ui/page";
import { Steps } from "../../ui/steps";
import { Checklist } from "./checklist";
import { DetailsFields } from "./details-fields";
import { EventSectionForm } from "./event-section";
import { Facts } from "./facts";
import { PlaceFields, useZone } from "./place-fields";
import { PublishedNotice } from "./published-notice";
import { SaleFields } from "./sale-fields";
import { setupSteps, stepNames, stepsOf, type SetupStep } from "./setup-steps";
import { TiersSection } from "./tiers-section";
import { useEventForm } from "./use-event-form";

interface SetupPageProps {
  stored: Tagged<OwnEvent>;
  step: SetupStep;
  onStep: (step: SetupStep) => void;
}

/** The guided way to a published event. */
export function SetupPage({ stored, step, onStep }: SetupPageProps) {
  const { t } = useText();
  const { org } = useOrganisation();
  const event = stored.value;
  const next = () => onStep(setupSteps[setupSteps.indexOf(step) + 1] ?? "publish");
  return (
    <Page
      title={event.title}
      above={
        <Link to="/$org/events/$event" params={{ org, event: event.id }}>
          {t("setup.toEvent")}
        </Link>
      }
    >
      <Steps
        label={t("setup.steps")}
        current={step}
        steps={stepsOf(event).map((each) => ({ ...each, name: t(stepNames[each.id]) }))}
        onStep={onStep}
      />
      <h2>{t(stepNames[step])}</h2>
      <Step key={step} stored={stored} step={step} onNext={next} />
    </Page>
  );
}

function Step({ stored, step, onNext }: { stored: Tagged<OwnEvent>; step: SetupStep; onNext: () => void }) {
  const { t } = useText();
  const { org, can } = useOrganisation();
  const form = useEventForm(org, stored);
  const event = stored.value;
  const zone = useZone(event, form.entries);
  const mayEdit = can("events.edit");
  const section = { form, timeZone: zone, mayEdit, submitLabel: t("setup.next"), onSaved: onNext };
  switch (step) {
    case "name":
      return (
        <EventSectionForm {...section} fields={["title", "category", "summary", "description", "slug", "ageLimit"]}>
          <DetailsFields form={form} mayEdit={mayEdit} />
        </EventSectionForm>
      );
    case "place":
      return (
        <EventSectionForm {...section} fields={["venueId", "startsAt", "endsAt", "doorsAt"]}>
          <PlaceFields event={event} form={form} mayEdit={mayEdit} hasFixedStart={event.wasPublished} />
        </EventSectionForm>
      );
    case "tickets":
      return (
        <>
          <TiersSection stored={stored} />
          <div>
            <Button size="md" disabled={event.tiers.length === 0} onClick={onNext}>
              {t("setup.next")}
            </Button>
          </div>
        </>
      );
    case "sale":
      return (
        <EventSectionForm
          {...section}
          fields={["onSaleAt", "offSaleAt", "maxTicketsPerBuyer", "holdMinutes", "cancellableUntil"]}
        >
          <SaleFields form={form} timeZone={zone} mayEdit={mayEdit} />
        </EventSectionForm>
      );
    case "publish":
      return <PublishStep stored={stored} />;
  }
}

/** All in one view, what is missing, and the button. */
export function PublishStep({ stored }: { stored: Tagged<OwnEvent> }) {
  const { t } = useText();
  const { org, can } = useOrganisation();
  const queryClient = useQueryClient();
  const event = stored.value;
  const publish = useMutation({
    mutationFn: () => publishEvent(org, event.id, stored.etag),
    onSuccess: (saved) => {
      queryClient.setQueryData(ownEventKey(org, event.id), saved);
      void queryClient.invalidateQueries({ queryKey: ["organisation", org, "events"] });
    },
    // What is missing, or what somebody else has changed, is on the page then.
    onError: () => queryClient.invalidateQueries({ queryKey: ownEventKey(org, event.id) }),
  });
  const error = formError(publish.error, t);
  if (event.status === "published") return <PublishedNotice event={event} />;
  const isReady = !event.checklist.some(({ isBlocking }) => isBlocking);
  return (
    <div className="stack">
      <Facts event={event} />
      <Checklist items={event.checklist} />
      {error !== undefined && <Notice tone="bad" urgent title={error} />}
      <div className="row">
        <Button
          size="md"
          loading={publish.isPending}
          disabled={!isReady || !can("events.publish")}
          onClick={() => publish.mutate()}
        >
          {t("setup.publish")}
        </Button>
        {!can("events.publish") && <span className="muted">{t("setup.mayNotPublish")}</span>}
      </div>
    </div>
  );
}
