import { useQuery } from "@tanstack/react-query";
import { Navigate, useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { problemOf } from "@/api/problem";
import { ownEventQuery } from "../api/events";
import type { Tagged } from "../api/tagged";
import type { OwnEvent } from "../api/types";
import { useOrganisation, type Permission } from "../lib/organisation";
import { Loading, NotFound } from "../ui/states";
import { Needs } from "./needs";

/** The event of the address, for what is drawn of it. */
export function WithEvent({ event, children }: { event: string; children: (stored: Tagged<OwnEvent>) => ReactNode }) {
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

interface TabProps {
  right?: Permission;
  children: (stored: Tagged<OwnEvent>) => ReactNode;
}

/** A tab of an event's page: its layout has asked for the event already. */
export function Tab({ right = "events.read", children }: TabProps) {
  const { event } = useParams({ from: "/$org/events/$event" });
  return (
    <Needs right={right}>
      <WithEvent event={event}>{children}</WithEvent>
    </Needs>
  );
}
