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
