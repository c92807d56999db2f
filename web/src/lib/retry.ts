import { isWorthRetrying } from "@/api/problem";

/** Tries again what may have failed by chance, with doubling pauses; the last failure is the caller's. */
export async function withRetries<T>(work: () => Promise<T>, attempts: number, firstPauseMs = 400): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= attempts || !isWorthRetrying(error)) throw error;
      const pauseMs = firstPauseMs * 2 ** (attempt - 1) * (0.5 + Math.random());
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}
