/** The query for a ticket's picture: beside that is what shows the ticket live. */
export interface CodeSource {
  queryKey: readonly unknown[];
  meta?: Record<string, unknown> | undefined;
}

/** Where what shows a ticket live comes from. */
export interface LiveSource {
  /** Begins as that of the picture, so that it is kept and forgotten as that is. */
  key: readonly unknown[];
  address: string;
  headers: Record<string, string>;
}

export function liveSourceOf({ queryKey, meta = {} }: CodeSource): LiveSource {
  const { address, headers = {} } = meta as { address: string; headers?: Record<string, string> };
  return { key: [...queryKey, "live"], address: address.replace(/qr$/, "live"), headers };
}
