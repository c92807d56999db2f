/** An error answer of the server (RFC 9457), with the members that some codes bring. */
export interface ProblemBody {
  status: number;
  code: string;
  detail: string;
  traceId?: string;
  errors?: Record<string, string[]>;
  seats?: number[];
  tierId?: string;
  available?: number;
  limit?: number;
  has?: number;
  saleStatus?: string;
  onSaleAt?: string;
  attemptsLeft?: number;
  state?: string;
  page?: string;
}

/** The server answered with a refusal or a fault. */
export class ProblemError extends Error {
  readonly body: ProblemBody;

  constructor(body: ProblemBody) {
    super(body.detail);
    this.name = "ProblemError";
    this.body = body;
  }

  get code(): string {
    return this.body.code;
  }

  get status(): number {
    return this.body.status;
  }
}

/** No answer came: the network or the server is away. */
export class NoAnswerError extends Error {
  constructor(cause: unknown) {
    super("The server could not be reached.", { cause });
    this.name = "NoAnswerError";
  }
}

/** Whether asking again, unchanged, may get another answer. */
export function isWorthRetrying(error: unknown): boolean {
  if (error instanceof NoAnswerError) return true;
  return (
    error instanceof ProblemError &&
    (error.status === 503 || error.status === 429 || error.status === 502 || error.status === 504)
  );
}

export function problemOf(error: unknown): ProblemBody | undefined {
  return error instanceof ProblemError ? error.body : undefined;
}

/** What the server says about one field. */
export function fieldError(error: unknown, field: string): string | undefined {
  return problemOf(error)?.errors?.[field]?.[0];
}

/** What a body that should be a problem says, whatever a proxy in between made of it. */
export function readProblem(body: unknown, status: number): ProblemBody {
  if (typeof body === "object" && body !== null && "code" in body && "detail" in body) {
    return { ...(body as ProblemBody), status };
  }
  return { status, code: status === 503 || status === 502 || status === 504 ? "unavailable" : "internal", detail: "" };
}
