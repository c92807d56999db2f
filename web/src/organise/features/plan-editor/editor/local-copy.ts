/** What was drawn and is not saved yet, in this browser: a reload, a crash or a lost connection loses nothing. */
export interface LocalCopy {
  /** The version that it was drawn on. */
  etag: string;
  document: unknown;
}

const [databaseName, storeName] = ["onsale-plan-editor", "unsaved"];

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(databaseName, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(storeName);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("The browser keeps nothing."));
  });
}

async function run<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await open();
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(storeName, mode);
      const request = work(transaction.objectStore(storeName));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error ?? new Error("Not kept."));
    });
  } finally {
    database.close();
  }
}

export function readCopy(draft: string): Promise<LocalCopy | undefined> {
  return run<LocalCopy | undefined>("readonly", (store) => store.get(draft) as IDBRequest<LocalCopy | undefined>);
}

export async function keepCopy(draft: string, copy: LocalCopy): Promise<void> {
  await run("readwrite", (store) => store.put(copy, draft));
}

export async function dropCopy(draft: string): Promise<void> {
  await run("readwrite", (store) => store.delete(draft));
}
