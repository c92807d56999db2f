import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, unwrap } from "@/api/client";
import type { MemberRole, NewOrganisation, OrganisationChange } from "./types";

/** Addresses of this app's own, where an organisation's name would stand: one of that name goes by its id. */
const ownAddresses = new Set(["found", "invitations"]);

/** An organisation's part of addresses. */
export function addressOf({ id, slug }: { id: string; slug: string }): string {
  return ownAddresses.has(slug) ? id : slug;
}

const mostMemberships = "50";

export const membershipsQuery = queryOptions({
  queryKey: ["memberships"],
  queryFn: ({ signal }) =>
    unwrap(api.GET("/api/v1/me/organisations", { params: { query: { limit: mostMemberships } }, signal })),
});

export function organisationQuery(org: string) {
  return queryOptions({
    queryKey: ["organisation", org],
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/organisations/{org}", { params: { path: { org } }, signal })),
    // Another member may take a right away at any time; the server decides, the page only follows.
    staleTime: 60_000,
  });
}

export function foundOrganisation(body: NewOrganisation) {
  return unwrap(api.POST("/api/v1/organisations", { body }));
}

export function changeOrganisation(org: string, body: OrganisationChange) {
  return unwrap(api.PATCH("/api/v1/organisations/{org}", { params: { path: { org } }, body }));
}

export function membersQuery(org: string, page: number) {
  return queryOptions({
    queryKey: ["organisation", org, "members", page],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/api/v1/organisations/{org}/members", {
          params: { path: { org }, query: { page: String(page), limit: "50" } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
}

export function changeRole(org: string, id: string, role: MemberRole) {
  return unwrap(
    api.PATCH("/api/v1/organisations/{org}/members/{memberId}", {
      params: { path: { org, memberId: id } },
      body: { role },
    }),
  );
}

export function removeMember(org: string, id: string) {
  return unwrap(
    api.DELETE("/api/v1/organisations/{org}/members/{memberId}", { params: { path: { org, memberId: id } } }),
  );
}

export function invitationsQuery(org: string) {
  return queryOptions({
    queryKey: ["organisation", org, "invitations"],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/api/v1/organisations/{org}/invitations", {
          params: { path: { org }, query: { limit: "50" } },
          signal,
        }),
      ),
  });
}

export function invite(org: string, email: string, role: MemberRole) {
  return unwrap(
    api.POST("/api/v1/organisations/{org}/invitations", { params: { path: { org } }, body: { email, role } }),
  );
}

export function withdrawInvitation(org: string, id: string) {
  return unwrap(
    api.DELETE("/api/v1/organisations/{org}/invitations/{invitationId}", {
      params: { path: { org, invitationId: id } },
    }),
  );
}
