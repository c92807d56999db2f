export { InstallOffer } from "./components/install-offer";
export { OfflineMark as default } from "./components/offline-mark";
export { showKept } from "./show-kept";
