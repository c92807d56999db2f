export { default } from "./components/seat-map";
