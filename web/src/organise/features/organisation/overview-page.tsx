import type { ReactNode } from "react";
import { useText } from "../../i18n/text";
import { useOrganisation } from "../../lib/organisation";
import { Page } from "../../ui/page";

/** The first page of an organisation; its events come from the route. */
export function OverviewPage({ actions, children }: { actions: ReactNode; children: ReactNode }) {
  const { t } = useText();
  const { organisation } = useOrganisation();
  const { role } = organisation;
  return (
    <Page
      title={organisation.name}
      lead={role === undefined || role === null ? undefined : t("overview.role", { role: t(`role.${role}`) })}
      actions={actions}
    >
      {children}
    </Page>
  );
}
