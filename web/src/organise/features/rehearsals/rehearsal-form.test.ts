import { describe, expect, it } from "vitest";
import { planOf, usualEntries } from "./rehearsal-form";

describe("a rehearsal's form", () => {
  const bounds = { enabled: true, maxBuyers: 200, maxMinutes: 30, maxRequestsPerSecond: 50 };

  it("begins with a usual sale within what the installation allows", () => {
    expect(usualEntries(bounds)).toMatchObject({ buyers: 200, minutes: 5, requestsPerSecond: 50 });
  });

  it("sends what was entered, and leaves the rest to the server", () => {
    const plan = planOf({ ...usualEntries(bounds), checkoutSeconds: 4, mapPercent: 0 });
    expect(plan.profile).toEqual({
      arrivalSeconds: 60,
      mapPercent: 0,
      abandonPercent: 10,
      declinePercent: 5,
      checkoutSeconds: { from: 4, to: 4 },
    });
    expect(plan).toMatchObject({ buyers: 200, seed: 1 });
  });
});
