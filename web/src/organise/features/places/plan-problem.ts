import type { ProblemBody } from "@/api/problem";

/** What is wrong at a place of the file, or what was changed there. */
export interface PlanFault {
  /** JSON pointer (RFC 6901). */
  pointer: string;
  message: string;
}

export interface PlanProblem {
  faults: readonly PlanFault[];
  /** What would be changed so that it can be read. */
  repairs: readonly PlanFault[];
  isRepairable: boolean;
}

function faultsOf(value: unknown): PlanFault[] {
  if (!Array.isArray(value)) return [];
  return value.filter(
    (one): one is PlanFault =>
      typeof one === "object" && one !== null && typeof one.pointer === "string" && typeof one.message === "string",
  );
}

/** The members of a refused plan; undefined for another refusal. */
export function readPlanProblem(body: ProblemBody | undefined): PlanProblem | undefined {
  if (body?.code !== "plan-invalid") return undefined;
  const { faults, repairs, repairable } = body as ProblemBody & Record<string, unknown>;
  return { faults: faultsOf(faults), repairs: faultsOf(repairs), isRepairable: repairable === true };
}
