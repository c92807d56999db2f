import { describe, expect, it } from "vitest";
import { readPlanProblem } from "./plan-problem";

describe("a refused seating plan", () => {
  const body = { status: 422, code: "plan-invalid", detail: "" };

  it("has its faults, and the repairs that are offered", () => {
    const faults = [{ pointer: "/zones/0", message: "Needs rows." }];
    const repairs = [{ kind: "sizes", pointer: "/size/width", message: "Rounded." }];
    expect(readPlanProblem({ ...body, faults, repairs, repairable: true } as typeof body)).toEqual({
      faults,
      repairs,
      isRepairable: true,
    });
  });

  it("is read whatever is missing", () => {
    expect(readPlanProblem({ ...body, faults: [1, null] } as typeof body)).toEqual({
      faults: [],
      repairs: [],
      isRepairable: false,
    });
  });

  it("is none where something else was refused", () => {
    expect(readPlanProblem({ ...body, code: "validation" })).toBeUndefined();
    expect(readPlanProblem(undefined)).toBeUndefined();
  });
});
