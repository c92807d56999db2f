/** Where what shows a ticket live comes from. */
export interface LiveSource {
  /** By what it is kept; begins as the key of the ticket's other code, so that it is forgotten with it. */
  key: readonly unknown[];
  address: string;
  headers?: Record<string, string>;
}
