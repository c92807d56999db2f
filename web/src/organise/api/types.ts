import type { components } from "@/api/schema";

type Schemas = components["schemas"];

export type OrganisationDetails = Schemas["OrganisationDetails"];
export type OrganisationChange = Schemas["OrganisationChange"];
export type NewOrganisation = Schemas["NewOrganisation"];
export type Membership = Schemas["Membership"];
export type Member = Schemas["Member"];
export type MemberRole = Schemas["MemberRole"];
export type Invitation = Schemas["Invitation"];
export type CreatedInvitation = Schemas["CreatedInvitation"];
export type ActivityEntry = Schemas["ActivityEntry"];
export type Venue = Schemas["VenueDetails"];
export type VenueRequest = Schemas["VenueRequest"];
export type PlanSummary = Schemas["PlanSummary"];
export type PlanDetails = Schemas["PlanDetails"];
export type StoredPlanResult = Schemas["StoredPlanResult"];
export type OwnEvent = Schemas["OwnEvent"];
export type OwnEventSummary = Schemas["OwnEventSummary"];
export type OwnTier = Schemas["OwnTier"];
export type EventChange = Schemas["EventChange"];
export type NewDraft = Schemas["NewDraft"];
export type TierRequest = Schemas["TierRequest"];
export type Rescheduling = Schemas["Rescheduling"];
export type Block = Schemas["Block"];
export type NewBlock = Schemas["NewBlock"];
export type ChecklistItem = Schemas["ChecklistItem"];
