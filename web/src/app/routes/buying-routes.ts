export { default as BookingRoute } from "./booking-route";
export { default as CheckoutRoute } from "./checkout-route";
