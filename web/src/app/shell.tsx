import { useDirection } from "@mantine/core";
import { Link, Outlet, useRouterState } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { HoldBar } from "@/features/checkout/components/hold-bar";
import { useI18n } from "@/i18n/i18n";
import { directionOf, isLanguage, languageNames, languages } from "@/i18n/messages";
import { useAccount, useSession } from "@/session/use-session";
import { toggleColorScheme } from "@/ui/color-scheme";
import { CalendarIcon, GlobeIcon, MoonIcon, SunIcon, TicketIcon, UserIcon } from "@/ui/icons";
import { Toasts } from "@/ui/toasts";
import { OfflineBanner } from "./offline-banner";
import styles from "./shell.module.css";

export function Shell() {
  const { t } = useI18n();
  const main = useRef<HTMLElement>(null);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const first = useRef(true);
  // A new page is announced and read from its beginning, as if the browser had loaded it.
  useEffect(() => {
    if (first.current) first.current = false;
    else main.current?.focus({ preventScroll: true });
  }, [path]);
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#main">
        {t("nav.skip")}
      </a>
      <Header />
      <OfflineBanner />
      <main id="main" ref={main} tabIndex={-1} className={styles.main}>
        <Outlet />
      </main>
      <footer className={styles.footer}>
        <p>{t("footer.text")}</p>
        <nav className={styles.footerLinks} aria-label={t("footer.label")}>
          <Link to="/find-tickets">{t("order.findTitle")}</Link>
          <Link to="/help">{t("footer.help")}</Link>
          <Link to="/terms">{t("footer.terms")}</Link>
          <Link to="/privacy">{t("footer.privacy")}</Link>
          <Link to="/imprint">{t("footer.imprint")}</Link>
          <a href="/docs/">{t("footer.api")}</a>
        </nav>
      </footer>
      <HoldBar />
      <Toasts />
    </div>
  );
}

function Header() {
  const { t } = useI18n();
  const account = useAccount();
  const session = useSession();
  return (
    <header className={styles.header}>
      <div className={styles.headerInner}>
        <Link to="/" className={styles.brand}>
          <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
            <rect width="32" height="32" rx="9" fill="var(--accent)" />
            <path
              d="M7 11.5A1.5 1.5 0 0 1 8.5 10h15a1.5 1.5 0 0 1 1.5 1.5v2a2.5 2.5 0 0 0 0 5v2a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 7 20.5v-2a2.5 2.5 0 0 0 0-5z"
              fill="var(--accent-ink)"
            />
          </svg>
          <span className={styles.name}>Onsale</span>
        </Link>
        <nav className={styles.nav} aria-label={t("nav.label")}>
          <Link to="/events" aria-label={t("nav.events")}>
            <CalendarIcon />
            <span className={styles.wide}>{t("nav.events")}</span>
          </Link>
          {session.status === "signedIn" && (
            <Link to="/bookings" aria-label={t("nav.bookings")}>
              <TicketIcon />
              <span className={styles.wide}>{t("nav.bookings")}</span>
            </Link>
          )}
          {account === undefined ? (
            <Link to="/login" aria-label={t("nav.signIn")}>
              <UserIcon />
              <span className={styles.wide}>{t("nav.signIn")}</span>
            </Link>
          ) : (
            <Link to="/profile" aria-label={`${t("nav.profile")}: ${account.name ?? ""}`}>
              <UserIcon />
              <span className={styles.wide}>{account.name}</span>
            </Link>
          )}
        </nav>
        <LanguageChoice />
        <ThemeToggle />
      </div>
    </header>
  );
}

function LanguageChoice() {
  const { t, language, setLanguage } = useI18n();
  const { setDirection } = useDirection();
  return (
    <label className={styles.language}>
      <GlobeIcon />
      <span className="visually-hidden">{t("nav.language")}</span>
      <select
        value={language}
        onChange={(event) => {
          const next = event.currentTarget.value;
          if (!isLanguage(next)) return;
          void setLanguage(next).then(() => setDirection(directionOf(next)));
        }}
      >
        {languages.map((code) => (
          <option key={code} value={code} lang={code}>
            {languageNames[code]}
          </option>
        ))}
      </select>
    </label>
  );
}

function ThemeToggle() {
  const { t } = useI18n();
  // Both are there, and the style sheet shows the one that the page is not in.
  return (
    <button type="button" className={styles.theme} onClick={() => void toggleColorScheme()}>
      <span className={styles.toDark}>
        <MoonIcon />
        <span className="visually-hidden">{t("nav.dark")}</span>
      </span>
      <span className={styles.toLight}>
        <SunIcon />
        <span className="visually-hidden">{t("nav.light")}</span>
      </span>
    </button>
  );
}
