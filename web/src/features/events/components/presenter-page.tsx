import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { PublicOrganiser, PublicVenue } from "@/api/types";
import { useI18n } from "@/i18n/i18n";
import { useTitle } from "@/ui/use-title";
import { eventListQuery } from "../api/queries";
import type { EventSearch } from "../model/event-search";
import { EventGrid } from "./event-grid";
import { usePresenterTexts } from "./presenter-texts";
import styles from "./presenter-page.module.css";

/** More than a page shows at once is found by the search. */
const shownEvents = 48;

interface VenuePageProps {
  venue: PublicVenue;
  /** What can be done with the venue. */
  action: ReactNode;
}

export function VenuePage({ venue, action }: VenuePageProps) {
  const say = usePresenterTexts();
  const place = [venue.name, venue.address, venue.city].filter((part) => part !== "").join(", ");
  return (
    <Presenter name={venue.name} kind={say("venue.kind")} search={{ venue: venue.slug }} action={action}>
      <Fact name={say("venue.address")}>
        <bdi>{[venue.address, venue.city].filter((part) => part !== "").join(", ")}</bdi>
        <br />
        <Outside href={venue.mapUrl ?? `https://www.openstreetmap.org/search?query=${encodeURIComponent(place)}`}>
          {say("venue.map")}
        </Outside>
      </Fact>
      <Fact name={say("venue.access")}>
        {venue.accessibility === "" ? say("venue.accessUnknown") : <bdi>{venue.accessibility}</bdi>}
      </Fact>
      {venue.transport !== "" && (
        <Fact name={say("venue.transport")}>
          <bdi>{venue.transport}</bdi>
        </Fact>
      )}
    </Presenter>
  );
}

export function OrganiserPage({ organiser }: { organiser: PublicOrganiser }) {
  const { t } = useI18n();
  const say = usePresenterTexts();
  const { contactEmail, contactPhone, website, imprintUrl, termsUrl, privacyUrl } = organiser;
  const links = [
    [website, say("organiser.website")],
    [imprintUrl, t("footer.imprint")],
    [termsUrl, t("footer.terms")],
    [privacyUrl, t("footer.privacy")],
  ].filter((link): link is [string, string] => link[0] != null);
  const isReachable = contactEmail != null || contactPhone != null;
  return (
    <Presenter name={organiser.name} kind={say("organiser.kind")} search={{ organiser: organiser.slug }}>
      {isReachable && (
        <Fact name={say("organiser.contact")}>
          {contactEmail != null && <a href={`mailto:${contactEmail}`}>{contactEmail}</a>}
          {contactEmail != null && contactPhone != null && <br />}
          {contactPhone != null && (
            <a href={`tel:${contactPhone.replace(/[^+\d]/g, "")}`} dir="ltr">
              {contactPhone}
            </a>
          )}
        </Fact>
      )}
      {links.length > 0 && (
        <Fact name={say("organiser.more")}>
          <span className="row">
            {links.map(([href, label]) => (
              <Outside key={href} href={href}>
                {label}
              </Outside>
            ))}
          </span>
        </Fact>
      )}
    </Presenter>
  );
}

interface PresenterProps {
  name: string;
  kind: string;
  search: EventSearch;
  action?: ReactNode;
  children: ReactNode;
}

function Presenter({ name, kind, search, action, children }: PresenterProps) {
  const { t } = useI18n();
  const say = usePresenterTexts();
  useTitle(name);
  const { data } = useQuery(eventListQuery(search, shownEvents));
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <p className={styles.kind}>{kind}</p>
        <h1>
          <bdi>{name}</bdi>
        </h1>
        {action}
      </header>
      <dl className={styles.facts}>{children}</dl>
      <section className={styles.events} aria-labelledby="upcoming">
        <h2 id="upcoming">{say("presenter.events")}</h2>
        {data?.data.length === 0 ? (
          <p className="muted">{t("presenter.none")}</p>
        ) : (
          <EventGrid events={data?.data} placeholders={3} />
        )}
      </section>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Outside({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}
