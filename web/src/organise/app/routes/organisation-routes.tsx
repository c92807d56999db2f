import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { InvoicesPage } from "../../features/invoices/invoices-page";
import { MoneyPage } from "../../features/money/money-page";
import { ActivityPage } from "../../features/organisation/activity-page";
import { InvitationPage } from "../../features/organisation/invitation-page";
import { MembersPage } from "../../features/organisation/members-page";
import { SettingsPage } from "../../features/organisation/settings-page";
import { useOrganisation } from "../../lib/organisation";
import { Needs } from "../needs";

export function InvitationRoute() {
  const { token } = useParams({ from: "/bare/invitations/$token" });
  return <InvitationPage token={token} />;
}

export function MembersRoute() {
  return (
    <Needs right="members.read">
      <MembersPage />
    </Needs>
  );
}

export function ActivityRoute() {
  const search = useSearch({ from: "/$org/activity" });
  const navigate = useNavigate({ from: "/$org/activity" });
  return (
    <Needs right="activity.read">
      <ActivityPage search={search} onSearch={(next) => void navigate({ search: next })} />
    </Needs>
  );
}

export function MoneyRoute() {
  const search = useSearch({ from: "/$org/money" });
  const navigate = useNavigate({ from: "/$org/money" });
  return (
    <Needs right="reports.read">
      <MoneyPage search={search} onSearch={(next) => void navigate({ search: next })} />
    </Needs>
  );
}

export function InvoicesRoute() {
  const search = useSearch({ from: "/$org/invoices" });
  const navigate = useNavigate({ from: "/$org/invoices" });
  return (
    <Needs right="reports.read">
      <InvoicesPage search={search} onSearch={(next) => void navigate({ search: next, replace: true })} />
    </Needs>
  );
}

export function SettingsRoute() {
  const { organisation } = useOrganisation();
  return <SettingsPage key={organisation.id} />;
}
