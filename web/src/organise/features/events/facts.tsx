import { priceText } from "@/i18n/price-text";
import type { OwnEvent } from "../../api/types";
import { useText } from "../../i18n/text";
import { zoneName } from "../../ui/fields";
import styles from "./facts.module.css";

/** What an event is, as it would be published. */
export function Facts({ event }: { event: OwnEvent }) {
  const { t, format } = useText();
  const { timeZone, tiers } = event;
  const places = tiers.reduce((sum, { total }) => sum + total, 0);
  const facts = [
    [t("eventForm.venue"), event.venue ? `${event.venue.name}, ${event.venue.city}` : t("eventForm.noVenue")],
    [t("eventForm.startsAt"), `${format.moment(event.startsAt, timeZone)} (${zoneName(timeZone)})`],
    [t("eventForm.endsAt"), format.moment(event.endsAt, timeZone)],
    [
      t("facts.tickets"),
      tiers.length === 0
        ? t("tiers.none")
        : // Each on its own: in Arabic, names and prices of neighbours would run into one another.
          format.list(tiers.map(({ name, price }) => `\u2068${name} ${priceText(price, t, format)}\u2069`)),
    ],
    [t("tiers.places"), format.number(places)],
    [t("eventForm.onSaleAt"), format.moment(event.onSaleAt, timeZone)],
    [t("eventForm.offSaleAt"), format.moment(event.offSaleAt, timeZone)],
  ] as const;
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <bdi>{value}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}
