const enoughTickets = 3;
/** Codes of one moment may be this far apart. */
const sameTimeSteps = 2;

/**
 * Tells a device whose own clock is wrong from visitors who show pictures: several tickets in a row that are all off by
 * the same time. Pictures are of different times.
 */
export class ClockWatch {
  readonly #apart = new Map<string, number>();

  /** The device has heard the server's time, or a code was good: the clock is right. */
  clear(): void {
    this.#apart.clear();
  }

  /** A ticket was refused for the time of its code, so many steps from the device's; whether to doubt the clock. */
  note(mark: string, apart: number): boolean {
    this.#apart.delete(mark);
    this.#apart.set(mark, apart);
    const last = [...this.#apart.values()].slice(-enoughTickets);
    return last.length === enoughTickets && Math.max(...last) - Math.min(...last) <= sameTimeSteps;
  }
}
