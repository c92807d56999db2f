import { createContext, use } from "react";
import { addressOf } from "../api/organisation";
import type { OrganisationDetails } from "../api/types";

export const OrganisationContext = createContext<OrganisationDetails | undefined>(undefined);

/** What a right is called by the API; the server has the table of them. */
export type Permission =
  | "organisation.edit"
  | "members.read"
  | "members.manage"
  | "activity.read"
  | "venues.read"
  | "venues.edit"
  | "plans.read"
  | "plans.edit"
  | "events.list"
  | "events.read"
  | "events.edit"
  | "events.publish"
  | "events.rehearse"
  | "blocks.edit"
  | "bookings.read"
  | "bookings.sell"
  | "bookings.edit"
  | "bookings.refund"
  | "bookings.export"
  | "reports.read"
  | "checkin.scan"
  | "checkin.search";

/**
 * The organisation whose pages these are, and what the member may do in it. The server decides; this only shows less.
 */
export function useOrganisation() {
  const organisation = use(OrganisationContext);
  if (organisation === undefined) throw new Error("useOrganisation is used outside of an organisation's pages.");
  return {
    organisation,
    /** Its part of addresses, of pages and of the API. */
    org: addressOf(organisation),
    can: (permission: Permission) => organisation.permissions.includes(permission),
  };
}
