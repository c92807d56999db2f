import { Button } from "@mantine/core";
import { useRouterState } from "@tanstack/react-router";
import { useSession } from "@/session/use-session";
import { CheckIcon } from "@/ui/icons";
import { useTitle } from "@/ui/use-title";
import { useText } from "../../i18n/text";
import styles from "./welcome-page.module.css";

const promises = ["welcome.first", "welcome.second", "welcome.third"] as const;

/** For who is not signed in with an account: what this is, and the two ways in. */
export function WelcomePage() {
  const { t } = useText();
  useTitle(t("welcome.title"));
  const session = useSession();
  const path = useRouterState({ select: (state) => state.location.href });
  const to = encodeURIComponent(`/organise${path === "/" ? "" : path}`);
  const isGuest = session.status === "signedIn" && session.user.kind === "guest";
  return (
    <div className={styles.page}>
      <h1>{t("welcome.title")}</h1>
      <p className={styles.lead}>{t("welcome.text")}</p>
      <ul className={styles.promises}>
        {promises.map((key) => (
          <li key={key}>
            <CheckIcon />
            {t(key)}
          </li>
        ))}
      </ul>
      {isGuest && <p className="muted">{t("welcome.guest")}</p>}
      <div className="row">
        <Button component="a" href={`/register?to=${to}`} size="lg">
          {t("welcome.register")}
        </Button>
        <Button component="a" href={`/login?to=${to}`} size="lg" variant="default">
          {t("nav.signIn")}
        </Button>
      </div>
    </div>
  );
}
