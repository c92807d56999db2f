import { Link, Outlet, useNavigate, useRouterState } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, type ReactNode } from "react";
import { BrandMark } from "@/ui/brand-mark";
import { CalendarIcon, ClockIcon, PeopleIcon, PinIcon } from "@/ui/icons";
import { OfflineBanner } from "@/ui/offline-banner";
import { Toasts } from "@/ui/toasts";
import { addressOf, membershipsQuery } from "../api/organisation";
import type { OrganisationDetails } from "../api/types";
import { Palette, type PaletteItem } from "../features/palette/palette";
import { useText, type TextKey } from "../i18n/text";
import { InvoiceIcon, MoneyIcon, OverviewIcon, PlanIcon, SettingsIcon } from "../ui/icons";
import { useCurrentInView } from "../ui/use-current-in-view";
import styles from "./shell.module.css";
import { Visitor } from "./visitor";

interface FrameProps {
  children: ReactNode;
  switcher?: ReactNode;
  /** At the end of the header, before the visitor's own. */
  tools?: ReactNode;
  nav?: ReactNode;
}

/** What surrounds every page, whoever looks at it. */
export function Frame({ children, switcher, tools, nav }: FrameProps) {
  const { t } = useText();
  const main = useRef<HTMLElement>(null);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const first = useRef(true);
  // A new page is announced and read from its beginning, as if the browser had loaded it.
  useEffect(() => {
    if (first.current) first.current = false;
    else main.current?.focus({ preventScroll: true });
  }, [path]);
  return (
    <div className={styles.shell} data-nav={nav !== undefined}>
      <a className={styles.skip} href="#main">
        {t("nav.skip")}
      </a>
      <header className={styles.header}>
        <Link to="/" className={styles.brand} aria-label={t("shell.home")}>
          <BrandMark />
        </Link>
        {switcher}
        <span className={styles.space} />
        {tools}
        <Visitor path={`/organise${path}`} />
      </header>
      <OfflineBanner />
      {nav}
      <main id="main" ref={main} tabIndex={-1} className={styles.main}>
        {children}
      </main>
      <Toasts />
    </div>
  );
}

/** The pages of one organisation. */
export function OrganisationShell({ organisation }: { organisation: OrganisationDetails }) {
  return (
    <Frame
      switcher={<Switcher organisation={organisation} />}
      tools={<Finder organisation={organisation} />}
      nav={<Navigation organisation={organisation} />}
    >
      <Outlet />
    </Frame>
  );
}

const another = "another";

function Switcher({ organisation }: { organisation: OrganisationDetails }) {
  const { t } = useText();
  const navigate = useNavigate();
  const { data } = useQuery(membershipsQuery);
  const known = data?.data ?? [];
  // An operator looks at one that is none of theirs.
  const all = known.some(({ id }) => id === organisation.id) ? known : [organisation, ...known];
  return (
    <label className={styles.switcher}>
      <span className="visually-hidden">{t("shell.organisation")}</span>
      <select
        value={organisation.id}
        onChange={(event) => {
          const { value } = event.currentTarget;
          const chosen = all.find(({ id }) => id === value);
          if (value === another) void navigate({ to: "/found" });
          else if (chosen !== undefined) void navigate({ to: "/$org", params: { org: addressOf(chosen) } });
        }}
      >
        {all.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
        <option value={another}>{t("shell.foundAnother")}</option>
      </select>
    </label>
  );
}

const places = [
  { to: "/$org", text: "nav.overview", icon: <OverviewIcon />, needs: "organisation.read" },
  { to: "/$org/events", text: "nav.organiseEvents", icon: <CalendarIcon />, needs: "events.list" },
  { to: "/$org/venues", text: "nav.venues", icon: <PinIcon />, needs: "venues.read" },
  { to: "/$org/plans", text: "nav.plans", icon: <PlanIcon />, needs: "plans.read" },
  { to: "/$org/money", text: "nav.money", icon: <MoneyIcon />, needs: "reports.read" },
  { to: "/$org/invoices", text: "nav.invoices", icon: <InvoiceIcon />, needs: "reports.read" },
  { to: "/$org/members", text: "nav.members", icon: <PeopleIcon />, needs: "members.read" },
  { to: "/$org/activity", text: "nav.activity", icon: <ClockIcon />, needs: "activity.read" },
  { to: "/$org/settings", text: "nav.settings", icon: <SettingsIcon />, needs: "organisation.read" },
] as const satisfies readonly { to: string; text: TextKey; icon: ReactNode; needs: string }[];

/** Pages and events by a few letters. */
function Finder({ organisation }: { organisation: OrganisationDetails }) {
  const { t } = useText();
  const navigate = useNavigate();
  const org = addressOf(organisation);
  const pages: PaletteItem[] = places
    .filter(({ needs }) => organisation.permissions.includes(needs))
    .map(({ to, text }) => ({ id: to, label: t(text), go: () => void navigate({ to, params: { org } }) }));
  if (organisation.permissions.includes("events.edit")) {
    const go = () => void navigate({ to: "/$org/events/new", params: { org } });
    pages.push({ id: "new", label: t("ownEvents.new"), go });
  }
  return <Palette pages={pages} />;
}

function Navigation({ organisation }: { organisation: OrganisationDetails }) {
  const { t } = useText();
  const org = addressOf(organisation);
  const strip = useCurrentInView<HTMLElement>();
  return (
    <nav ref={strip} className={styles.nav} aria-label={t("shell.navigation")}>
      <ul>
        {places
          .filter(({ needs }) => organisation.permissions.includes(needs))
          .map(({ to, text, icon }) => (
            <li key={to}>
              <Link to={to} params={{ org }} activeOptions={{ exact: to === "/$org", includeSearch: false }}>
                {icon}
                {t(text)}
              </Link>
            </li>
          ))}
      </ul>
    </nav>
  );
}
