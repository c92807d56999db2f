import { Button, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { priceText } from "@/i18n/price-text";
import { Notice } from "@/ui/notice";
import { sellAtCounter } from "../../api/bookings";
import { ownEventKey } from "../../api/events";
import type { OwnBooking, OwnEvent, SaleRequest } from "../../api/types";
import { useText } from "../../i18n/text";
import { useOrganisation } from "../../lib/organisation";
import { fieldError } from "../../lib/problems";
import { newId } from "../../lib/uuid";
import { ChoiceField, CountField } from "../../ui/fields";
import { FieldRow, Form } from "../../ui/form";
import { SeatChoice, seatMapQuery } from "../../ui/seat-choice";
import styles from "./counter-page.module.css";
import { seatsPrice } from "./seats-price";

const methods = ["cash", "card", "invoice", "comp"] as const satisfies readonly SaleRequest["method"][];

/** Selling at the counter: places, how it is paid, and, if anybody asks, to whom. */
export function CounterPage({ event }: { event: OwnEvent }) {
  const [sold, setSold] = useState<OwnBooking>();
  // Each sale is an intention of its own: pressed twice, it sells once.
  const [attempt, setAttempt] = useState(newId);
  return (
    <>
      {sold !== undefined && <Sold event={event} booking={sold} />}
      <SaleForm
        key={attempt}
        event={event}
        attempt={attempt}
        onSold={(booking) => {
          setSold(booking);
          setAttempt(newId());
        }}
      />
    </>
  );
}

function Sold({ event, booking }: { event: OwnEvent; booking: OwnBooking }) {
  const { t, format } = useText();
  const { org } = useOrganisation();
  return (
    <Notice tone="good" title={t("counter.sold", { money: format.money(booking.total) })}>
      <ul className={styles.codes}>
        {booking.tickets.map(({ id, label, code }) => (
          <li key={id}>
            <bdi>{label}</bdi> <code dir="ltr">{code}</code>
          </li>
        ))}
      </ul>
      <Link to="/$org/events/$event/bookings/$booking" params={{ org, event: event.id, booking: booking.id }}>
        {t("counter.look")}
      </Link>
    </Notice>
  );
}

interface SaleFormProps {
  event: OwnEvent;
  attempt: string;
  onSold: (booking: OwnBooking) => void;
}

function SaleForm({ event, attempt, onSold }: SaleFormProps) {
  const { t, format } = useText();
  const { org } = useOrganisation();
  const queryClient = useQueryClient();
  const byQuantity = event.tiers.filter(({ kind }) => kind === "quantity");
  const hasSeats = event.tiers.some(({ kind }) => kind === "seated");
  const { data: seatMap } = useQuery({ ...seatMapQuery(event.id), enabled: hasSeats });
  const [quantities, setQuantities] = useState<Readonly<Record<string, number | undefined>>>({});
  const [seats, setSeats] = useState<ReadonlySet<number>>(new Set());
  const [method, setMethod] = useState<SaleRequest["method"]>("cash");
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const tickets = byQuantity
    .map(({ id }) => ({ tierId: id, quantity: quantities[id] ?? 0 }))
    .filter(({ quantity }) => quantity > 0);
  const value =
    tickets.reduce((sum, { tierId, quantity }) => sum + quantity * priceOf(event, tierId), 0) +
    seatsPrice(seatMap, seats, (tierId) => priceOf(event, tierId));
  const total = { amount: method === "comp" ? 0 : value, currency: event.currency };
  const places = tickets.reduce((sum, { quantity }) => sum + quantity, seats.size);
  const sell = useMutation({
    mutationFn: () =>
      sellAtCounter(org, event.id, attempt, {
        method,
        ...(seats.size > 0 && { seats: [...seats] }),
        ...(tickets.length > 0 && { tickets }),
        ...(name.trim() !== "" && {
          buyer: { name: name.trim(), ...(email.trim() !== "" && { email: email.trim() }) },
        }),
      }),
    onSuccess: (booking) => {
      void queryClient.invalidateQueries({ queryKey: ["organisation", org, "bookings", event.id] });
      void queryClient.invalidateQueries({ queryKey: ownEventKey(org, event.id) });
      onSold(booking);
    },
  });
  return (
    <Form
      error={sell.error}
      fields={["buyer.name", "buyer.email", "method"]}
      isSending={sell.isPending}
      isDisabled={places === 0}
      submitLabel={t("counter.submit", { money: format.money(total) })}
      beside={<span className="muted">{t("counter.places", { count: places })}</span>}
      onSubmit={() => sell.mutate()}
    >
      {byQuantity.length > 0 && (
        <FieldRow>
          {byQuantity.map((tier) => (
            <CountField
              key={tier.id}
              label={tier.name}
              description={t("counter.tier", { price: priceText(tier.price, t, format), free: tier.available })}
              value={quantities[tier.id]}
              onChange={(quantity) => setQuantities({ ...quantities, [tier.id]: quantity })}
            />
          ))}
        </FieldRow>
      )}
      {hasSeats && <SeatChoice event={event} chosen={seats} onChange={setSeats} />}
      <ChoiceField
        label={t("booking.method")}
        value={method}
        choices={methods.map((one) => ({ value: one, label: t(`method.${one}`) }))}
        error={fieldError(sell.error, "method")}
        onChange={setMethod}
      />
      <FieldRow>
        <TextInput
          label={t("counter.name")}
          description={t("counter.nameHint")}
          autoComplete="off"
          size="md"
          maxLength={100}
          value={name}
          error={fieldError(sell.error, "buyer.name")}
          onChange={(change) => setName(change.currentTarget.value)}
        />
        <TextInput
          label={t("field.email")}
          description={t("counter.emailHint")}
          type="email"
          autoComplete="off"
          size="md"
          maxLength={254}
          disabled={name.trim() === ""}
          value={email}
          error={fieldError(sell.error, "buyer.email")}
          onChange={(change) => setEmail(change.currentTarget.value)}
        />
      </FieldRow>
      {places > 0 && (
        <Button
          variant="subtle"
          size="md"
          onClick={() => {
            setQuantities({});
            setSeats(new Set());
          }}
        >
          {t("seatChoice.clear")}
        </Button>
      )}
    </Form>
  );
}

function priceOf(event: OwnEvent, tierId: string): number {
  return event.tiers.find(({ id }) => id === tierId)?.price.amount ?? 0;
}
