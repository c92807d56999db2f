import { Link, Outlet } from "@tanstack/react-router";
import type { OwnEvent } from "../../api/types";
import { ButtonLink } from "@/ui/button-link";
import { useText, type TextKey } from "../../i18n/text";
import { useOrganisation, type Permission } from "../../lib/organisation";
import { Page } from "../../ui/page";
import { Tabs } from "../../ui/tabs";
import { EventState } from "./event-state";
import { nextStep } from "./setup-steps";

const tabs = [
  { to: "/$org/events/$event", text: "eventTabs.summary", needs: "events.read" },
  { to: "/$org/events/$event/details", text: "eventTabs.details", needs: "events.read" },
  { to: "/$org/events/$event/tickets", text: "eventTabs.tickets", needs: "events.read" },
  { to: "/$org/events/$event/sale", text: "eventTabs.sale", needs: "events.read" },
  { to: "/$org/events/$event/blocks", text: "eventTabs.blocks", needs: "events.read" },
  { to: "/$org/events/$event/codes", text: "codes.title", needs: "events.read" },
  { to: "/$org/events/$event/questions", text: "questions.title", needs: "events.read" },
  { to: "/$org/events/$event/waitlist", text: "waitlist.title", needs: "events.read" },
  { to: "/$org/events/$event/waiting-room", text: "room.title", needs: "events.read" },
  { to: "/$org/events/$event/rehearsals", text: "rehearsal.title", needs: "events.rehearse" },
  { to: "/$org/events/$event/bookings", text: "eventTabs.bookings", needs: "bookings.read" },
  { to: "/$org/events/$event/report", text: "eventTabs.report", needs: "reports.read" },
  { to: "/$org/events/$event/dates", text: "eventTabs.dates", needs: "events.read" },
  { to: "/$org/door/$event", text: "eventTabs.door", needs: "checkin.scan" },
] as const satisfies readonly { to: string; text: TextKey; needs: Permission }[];

/** What all pages of one event have above them. */
export function EventLayout({ event }: { event: OwnEvent }) {
  const { t, format } = useText();
  const { org, can } = useOrganisation();
  const params = { org, event: event.id };
  return (
    <Page
      title={event.title}
      above={
        <Link to="/$org/events" params={{ org }}>
          {t("nav.organiseEvents")}
        </Link>
      }
      beside={<EventState event={event} />}
      lead={
        <>
          {format.moment(event.startsAt, event.timeZone)}
          {event.venue !== undefined && event.venue !== null && ` · ${event.venue.name}, ${event.venue.city}`}
        </>
      }
      actions={
        event.status === "draft" && can("events.edit") ? (
          <ButtonLink to="/$org/events/$event/setup" params={params} search={{ step: nextStep(event) }}>
            {t("eventPage.goOn")}
          </ButtonLink>
        ) : (
          event.status === "published" && <a href={`/events/${event.slug}`}>{t("published.look")}</a>
        )
      }
    >
      <Tabs label={t("eventTabs.label")}>
        {tabs
          .filter(({ needs }) => can(needs))
          .map(({ to, text }) => (
            <Link
              key={to}
              to={to}
              params={params}
              activeOptions={{ exact: to === "/$org/events/$event", includeSearch: false }}
            >
              {t(text)}
            </Link>
          ))}
      </Tabs>
      <Outlet />
    </Page>
  );
}
