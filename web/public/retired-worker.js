// Sent in place of the shop's worker where the operator has turned it off: takes itself and all that was kept away.
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => {
  event.waitUntil(retire());
});

async function retire() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("onsale-shop-")).map((name) => caches.delete(name)));
  await self.registration.unregister();
}
