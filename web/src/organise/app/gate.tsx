import { useQuery } from "@tanstack/react-query";
import { Navigate, Outlet, useParams } from "@tanstack/react-router";
import { useEffect, type ReactNode } from "react";
import { problemOf } from "@/api/problem";
import { local, readStored, writeStored } from "@/lib/storage";
import { useAccount, useSession } from "@/session/use-session";
import { addressOf, membershipsQuery, organisationQuery } from "../api/organisation";
import { FoundPage } from "../features/welcome/found-page";
import { WelcomePage } from "../features/welcome/welcome-page";
import { OrganisationContext } from "../lib/organisation";
import { Loading, NotFound } from "../ui/states";
import { Frame, OrganisationShell } from "./shell";

/** The organisation that was looked at last, in this browser. */
const lastKey = "onsale.organisation";

/** Pages of accounts: nobody, and a guest, hear what this is and how to begin. */
function AccountsOnly({ children }: { children: ReactNode }) {
  const session = useSession();
  const account = useAccount();
  if (account !== undefined) return children;
  return <Frame>{session.status === "restoring" ? <Loading /> : <WelcomePage />}</Frame>;
}

/** The first page: the organisation that one works for, or the founding of one. */
export function HomeRoute() {
  return (
    <AccountsOnly>
      <Home />
    </AccountsOnly>
  );
}

function Home() {
  const { data } = useQuery(membershipsQuery);
  if (data === undefined)
    return (
      <Frame>
        <Loading />
      </Frame>
    );
  const last = readStored<string>(local, lastKey);
  const chosen = data.data.find(({ id }) => id === last) ?? data.data[0];
  if (chosen !== undefined) return <Navigate to="/$org" params={{ org: addressOf(chosen) }} replace />;
  return (
    <Frame>
      <FoundPage isFirst />
    </Frame>
  );
}

export function FoundRoute() {
  return (
    <AccountsOnly>
      <Frame>
        <FoundPage isFirst={false} />
      </Frame>
    </AccountsOnly>
  );
}

/** Everything of one organisation: only for who may know of it. */
export function OrganisationRoute() {
  return (
    <AccountsOnly>
      <Organisation />
    </AccountsOnly>
  );
}

function Organisation() {
  const { org } = useParams({ from: "/$org" });
  const { data, error } = useQuery(organisationQuery(org));
  const id = data?.id;
  useEffect(() => {
    if (id !== undefined) writeStored(local, lastKey, id);
  }, [id]);
  if (data !== undefined && problemOf(error)?.status !== 404)
    return (
      <OrganisationContext value={data}>
        <OrganisationShell organisation={data} />
      </OrganisationContext>
    );
  return <Frame>{error === null ? <Loading /> : <NotFound />}</Frame>;
}

export function BareRoute() {
  return (
    <Frame>
      <Outlet />
    </Frame>
  );
}

/** An address that means nothing, outside of any organisation. */
export function NowhereRoute() {
  return (
    <Frame>
      <NotFound />
    </Frame>
  );
}
