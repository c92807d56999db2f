export { default as BookingRoute } from "./booking-route";
export { default as BookingsRoute } from "./bookings-route";
export { default as CheckoutRoute } from "./checkout-route";
export { default as FindOrderRoute } from "./find-order-route";
