import type { components } from "./schema";

type Schemas = components["schemas"];

export type EventSummary = Schemas["EventSummary"];
export type EventDetails = Schemas["EventDetails"];
export type EventTier = Schemas["EventTier"];
export type EventListPage = Schemas["PageOfEventSummary"];
export type EventFacets = Schemas["EventFacets"];
export type EventSuggestions = Schemas["EventSuggestions"];
export type PublicVenue = Schemas["PublicVenue"];
export type PublicOrganiser = Schemas["PublicOrganiser"];
export type Money = Schemas["Money"];
export type Booking = Schemas["BookingResponse"];
export type BookingItem = Schemas["BookingItem"];
export type BookingContact = Schemas["BookingContact"];
export type FoundOrder = Schemas["FoundOrder"];
export type Ticket = Schemas["TicketResponse"];
export type QueueState = Schemas["QueueState"];
export type MyBooking = Schemas["MyBooking"];
export type HoldRequest = Schemas["HoldRequest"];
export type Profile = Schemas["Profile"];
export type SessionInfo = Schemas["SessionInfo"];
export type SignedIn = Schemas["SignedIn"];
export type SeatMap = Schemas["SeatMap"];
export type SaleStatus = Schemas["SaleStatus"];
export type PageMeta = Schemas["PageMeta"];
export type AvailabilityResponse = Schemas["AvailabilityResponse"];
