export { default, type SeatMapProps } from "./components/seat-map";
