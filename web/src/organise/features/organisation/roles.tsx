import type { MemberRole } from "../../api/types";
import { useText, type Texts } from "../../i18n/text";
import styles from "./roles.module.css";

/** From most rights to least. */
export const roles = ["owner", "manager", "boxOffice", "door", "analyst"] as const satisfies readonly MemberRole[];

export function roleChoices(t: Texts): { value: MemberRole; label: string }[] {
  return roles.map((role) => ({ value: role, label: t(`role.${role}`) }));
}

/** What each role may do. */
export function RolesKey() {
  const { t } = useText();
  return (
    <details className={styles.key}>
      <summary>{t("members.whatRoles")}</summary>
      <dl>
        {roles.map((role) => (
          <div key={role}>
            <dt>{t(`role.${role}`)}</dt>
            <dd>{t(`role.${role}Text`)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
