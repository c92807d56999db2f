import { describe, expect, it } from "vitest";
import { funnelSteps } from "./funnel-steps";

const bookings = {
  views: 0,
  holds: 40,
  held: 4,
  paying: 1,
  confirmed: 18,
  released: 5,
  expired: 10,
  cancelled: 2,
  declinedPayments: 3,
};

describe("the funnel", () => {
  it("leads from views over the waiting room to who paid, each step beside the one before it", () => {
    const steps = funnelSteps({ ...bookings, views: 400, viewsSince: "2026-05-01T17:00:00Z", queued: 100, letIn: 80 });
    expect(steps).toEqual([
      { name: "views", count: 400, share: undefined },
      { name: "queued", count: 100, share: 0.25 },
      { name: "letIn", count: 80, share: 0.8 },
      { name: "holds", count: 40, share: 0.5 },
      { name: "paid", count: 20, share: 0.5 },
    ]);
  });

  it("leaves out what was not counted, and says no share of what was counted only later", () => {
    expect(funnelSteps(bookings).map(({ name }) => name)).toEqual(["holds", "paid"]);
    const late = funnelSteps({ ...bookings, views: 10, viewsSince: "2026-05-01T17:00:00Z" });
    expect(late[1]).toEqual({ name: "holds", count: 40, share: undefined });
    expect(funnelSteps({ ...bookings, holds: 0, confirmed: 0, cancelled: 0 })[1]?.share).toBeUndefined();
  });
});
