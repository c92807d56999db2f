import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { ButtonLink } from "@/ui/button-link";
import { PlusIcon } from "@/ui/icons";
import { CodesPage } from "../../features/codes/codes-page";
import { BlocksPage } from "../../features/events/blocks-page";
import { DatesPage } from "../../features/events/dates-page";
import { DetailsPage, SalePage } from "../../features/events/details-page";
import { EventLayout } from "../../features/events/event-layout";
import { EventsPage } from "../../features/events/events-page";
import { NewEventPage } from "../../features/events/new-event-page";
import { OverviewEvents } from "../../features/events/overview-events";
import { SetupPage } from "../../features/events/setup-page";
import { nextStep } from "../../features/events/setup-steps";
import { SummaryPage } from "../../features/events/summary-page";
import { TiersSection } from "../../features/events/tiers-section";
import { OverviewPage } from "../../features/organisation/overview-page";
import { RehearsalsPage } from "../../features/rehearsals/rehearsals-page";
import { WaitlistPage } from "../../features/waitlist/waitlist-page";
import { QuestionsPage } from "../../features/questions/questions-page";
import { WaitingRoomSection } from "../../features/waiting-room/waiting-room-section";
import { useText } from "../../i18n/text";
import { useOrganisation } from "../../lib/organisation";
import { Needs } from "../needs";
import { Tab, WithEvent } from "../with-event";

export function OverviewRoute() {
  const { t } = useText();
  const { org, can } = useOrganisation();
  return (
    <OverviewPage
      actions={
        can("events.edit") && (
          <ButtonLink to="/$org/events/new" params={{ org }} leftSection={<PlusIcon size={18} />}>
            {t("ownEvents.new")}
          </ButtonLink>
        )
      }
    >
      {can("events.list") && <OverviewEvents />}
    </OverviewPage>
  );
}

export function EventsRoute() {
  const search = useSearch({ from: "/$org/events" });
  const navigate = useNavigate({ from: "/$org/events" });
  return (
    <Needs right="events.list">
      <EventsPage
        search={search}
        onSearch={(next, isTyping = false) => void navigate({ search: next, replace: isTyping })}
      />
    </Needs>
  );
}

export function NewEventRoute() {
  return (
    <Needs right="events.edit">
      <NewEventPage />
    </Needs>
  );
}

export function EventRoute() {
  const { event } = useParams({ from: "/$org/events/$event" });
  return (
    <Needs right="events.read">
      <WithEvent event={event}>{({ value }) => <EventLayout event={value} />}</WithEvent>
    </Needs>
  );
}

export function SetupRoute() {
  const { event } = useParams({ from: "/$org/events/$event/setup" });
  const { step } = useSearch({ from: "/$org/events/$event/setup" });
  const navigate = useNavigate({ from: "/$org/events/$event/setup" });
  return (
    <Needs right="events.edit">
      <WithEvent event={event}>
        {(stored) => (
          <SetupPage
            key={stored.value.id}
            stored={stored}
            step={step ?? nextStep(stored.value)}
            onStep={(next) => void navigate({ search: { step: next } })}
          />
        )}
      </WithEvent>
    </Needs>
  );
}

export function SummaryRoute() {
  return <Tab>{({ value }) => <SummaryPage event={value} />}</Tab>;
}

export function DetailsRoute() {
  return <Tab>{(stored) => <DetailsPage key={stored.value.id} stored={stored} />}</Tab>;
}

export function TicketsRoute() {
  return <Tab>{(stored) => <TiersSection stored={stored} />}</Tab>;
}

export function SaleRoute() {
  return <Tab>{(stored) => <SalePage key={stored.value.id} stored={stored} />}</Tab>;
}

export function BlocksRoute() {
  return <Tab>{({ value }) => <BlocksPage event={value} />}</Tab>;
}

export function QuestionsRoute() {
  return <Tab>{({ value }) => <QuestionsPage event={value} />}</Tab>;
}

export function CodesRoute() {
  return <Tab>{({ value }) => <CodesPage event={value} />}</Tab>;
}

export function WaitlistRoute() {
  return <Tab>{({ value }) => <WaitlistPage event={value} />}</Tab>;
}

export function WaitingRoomRoute() {
  return <Tab>{({ value }) => <WaitingRoomSection key={value.id} event={value} />}</Tab>;
}

export function RehearsalsRoute() {
  return <Tab right="events.rehearse">{({ value }) => <RehearsalsPage key={value.id} event={value} />}</Tab>;
}

export function DatesRoute() {
  return <Tab>{(stored) => <DatesPage key={stored.value.id} stored={stored} />}</Tab>;
}
