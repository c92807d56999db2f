import { useText } from "../../i18n/text";
import { useOrganisation } from "../../lib/organisation";
import { Page } from "../../ui/page";

export function OverviewPage() {
  const { t } = useText();
  const { organisation } = useOrganisation();
  const { role } = organisation;
  return (
    <Page title={organisation.name} lead={role === undefined || role === null ? undefined : t(`role.${role}Text`)}>
      {null}
    </Page>
  );
}
