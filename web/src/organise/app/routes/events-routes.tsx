import { useQuery } from "@tanstack/react-query";
import { Navigate, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { problemOf } from "@/api/problem";
import { ButtonLink } from "@/ui/button-link";
import { PlusIcon } from "@/ui/icons";
import { ownEventQuery } from "../../api/events";
import type { Tagged } from "../../api/tagged";
import type { OwnEvent } from "../../api/types";
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
import { WaitingRoomSection } from "../../features/waiting-room/waiting-room-section";
import { useText } from "../../i18n/text";
import { useOrganisation, type Permission } from "../../lib/organisation";
import { Loading, NotFound } from "../../ui/states";
import { Needs } from "../needs";

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

/** The event of the address, for what is drawn of it. */
function WithEvent({ event, children }: { event: string; children: (stored: Tagged<OwnEvent>) => ReactNode }) {
  const { org } = useOrganisation();
  const { data, error } = useQuery(ownEventQuery(org, event));
  if (problemOf(error)?.status === 404) return <NotFound />;
  if (data === undefined) return <Loading />;
  // Asked for by its name: one address each, so that what changes here is seen everywhere.
  if (data.value.id !== event) {
    return <Navigate to="/$org/events/$event" params={{ org, event: data.value.id }} replace />;
  }
  return children(data);
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

/** A tab of an event's page: its layout has asked for the event already. */
function Tab({
  right = "events.read",
  children,
}: {
  right?: Permission;
  children: (stored: Tagged<OwnEvent>) => ReactNode;
}) {
  const { event } = useParams({ from: "/$org/events/$event" });
  return (
    <Needs right={right}>
      <WithEvent event={event}>{children}</WithEvent>
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

export function WaitingRoomRoute() {
  return <Tab>{({ value }) => <WaitingRoomSection key={value.id} event={value} />}</Tab>;
}

export function DatesRoute() {
  return <Tab>{(stored) => <DatesPage key={stored.value.id} stored={stored} />}</Tab>;
}
