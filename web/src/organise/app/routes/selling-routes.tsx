import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { BookingPage } from "../../features/bookings/booking-page";
import { BookingsPage } from "../../features/bookings/bookings-page";
import { CounterPage } from "../../features/bookings/counter-page";
import { ReportPage } from "../../features/reports/report-page";
import { Tab } from "../with-event";

export function BookingsRoute() {
  const search = useSearch({ from: "/$org/events/$event/bookings" });
  const navigate = useNavigate({ from: "/$org/events/$event/bookings" });
  return (
    <Tab right="bookings.read">
      {({ value }) => (
        <BookingsPage
          event={value}
          search={search}
          onSearch={(next, isTyping = false) => void navigate({ search: next, replace: isTyping })}
        />
      )}
    </Tab>
  );
}

export function BookingRoute() {
  const { booking } = useParams({ from: "/$org/events/$event/bookings/$booking" });
  return (
    <Tab right="bookings.read">{({ value }) => <BookingPage key={booking} event={value} bookingId={booking} />}</Tab>
  );
}

export function CounterRoute() {
  return <Tab right="bookings.sell">{({ value }) => <CounterPage event={value} />}</Tab>;
}

export function ReportRoute() {
  return <Tab right="reports.read">{({ value }) => <ReportPage event={value} />}</Tab>;
}
