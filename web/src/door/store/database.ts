import type { components } from "@/api/schema";
import type { Mark, StoredPart } from "../model/list";
import type { Outcome, ScanKind } from "../model/rules";

type Schemas = components["schemas"];

/** A scan that waits for the network, as it will be sent. */
export interface QueuedScan {
  /** Made by the database: scans go in the order in which they were made. */
  number?: number;
  nonce: string;
  code?: string;
  ticketId?: string;
  kind: ScanKind;
  gate: string;
  scannedAt: string;
  admitted: boolean;
  outcome: Outcome;
  /** By what its ticket is remembered; absent: the code names none. */
  mark?: string;
}

/** What is kept beside the list. */
export interface Settings {
  pairing: Schemas["PairedDevice"];
  event: Schemas["DoorEvent"];
  state: Schemas["DoorState"];
  /** What is added to the device's clock to have the server's, ms. */
  clockOffset: number;
  /** When list and state were last in agreement with the server, by the device's clock. */
  syncedAt: number;
  gate: string;
  conflicts: Schemas["DoorConflict"][];
  /** The device was unpaired from the event's page: nothing of the event is here any more. */
  revoked: boolean;
}

const name = "onsale-door";
const version = 2;

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("The database refused a request."));
  });
}

function committed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error("The database took a change back."));
    transaction.onerror = () => reject(transaction.error ?? new Error("The database refused a change."));
  });
}

/** What the door keeps on the device: all that it needs without a network. */
export class DoorDatabase {
  readonly #database: IDBDatabase;

  private constructor(database: IDBDatabase) {
    this.#database = database;
  }

  static async open(): Promise<DoorDatabase> {
    const request = indexedDB.open(name, version);
    request.onupgradeneeded = ({ oldVersion }) => {
      const database = request.result;
      if (oldVersion < 1) {
        database.createObjectStore("settings");
        database.createObjectStore("parts", { keyPath: "number" });
        database.createObjectStore("marks", { keyPath: "ticket" });
        database.createObjectStore("queue", { keyPath: "number", autoIncrement: true });
      }
      if (oldVersion < 2) database.createObjectStore("rejected", { keyPath: "number" });
    };
    const database = await done(request);
    // A page of a later version must not wait for this one.
    database.onversionchange = () => database.close();
    return new DoorDatabase(database);
  }

  async settings(): Promise<Partial<Settings>> {
    const store = this.#database.transaction("settings").objectStore("settings");
    const [keys, values] = await Promise.all([done(store.getAllKeys()), done(store.getAll())]);
    return Object.fromEntries(keys.map((key, i) => [key, values[i] as unknown]));
  }

  async set(values: Partial<Settings>): Promise<void> {
    const transaction = this.#database.transaction("settings", "readwrite");
    for (const [key, value] of Object.entries(values)) transaction.objectStore("settings").put(value, key);
    await committed(transaction);
  }

  parts(): Promise<StoredPart[]> {
    return done(this.#database.transaction("parts").objectStore("parts").getAll() as IDBRequest<StoredPart[]>);
  }

  marks(): Promise<Mark[]> {
    return done(this.#database.transaction("marks").objectStore("marks").getAll() as IDBRequest<Mark[]>);
  }

  queue(most?: number): Promise<QueuedScan[]> {
    return done(
      this.#database.transaction("queue").objectStore("queue").getAll(null, most) as IDBRequest<QueuedScan[]>,
    );
  }

  queued(): Promise<number> {
    return done(this.#database.transaction("queue").objectStore("queue").count());
  }

  rejected(): Promise<number> {
    return done(this.#database.transaction("rejected").objectStore("rejected").count());
  }

  /** The list as a whole and the marks that stay, in place of those before. */
  async replaceList(parts: StoredPart[], values: Partial<Settings>, marks: Mark[]): Promise<void> {
    const transaction = this.#database.transaction(["parts", "settings", "marks"], "readwrite");
    transaction.objectStore("parts").clear();
    transaction.objectStore("marks").clear();
    for (const part of parts) transaction.objectStore("parts").put(part);
    for (const mark of marks) transaction.objectStore("marks").put(mark);
    for (const [key, value] of Object.entries(values)) transaction.objectStore("settings").put(value, key);
    await committed(transaction);
  }

  /** A scan and what it makes of its ticket: both or none, on the disk before anybody is let in. */
  async keep(scan: QueuedScan | undefined, mark: Mark | undefined): Promise<void> {
    const transaction = this.#database.transaction(["queue", "marks"], "readwrite", { durability: "strict" });
    if (scan !== undefined) transaction.objectStore("queue").add(scan);
    if (mark !== undefined) transaction.objectStore("marks").put(mark);
    await committed(transaction);
  }

  /** What the server has told: a part that adds to the list, marks, and up to where. */
  async keepNews(part: StoredPart | undefined, marks: Mark[], values: Partial<Settings>): Promise<void> {
    const transaction = this.#database.transaction(["parts", "marks", "settings"], "readwrite");
    if (part !== undefined) transaction.objectStore("parts").put(part);
    for (const mark of marks) transaction.objectStore("marks").put(mark);
    for (const [key, value] of Object.entries(values)) transaction.objectStore("settings").put(value, key);
    await committed(transaction);
  }

  /** Takes scans that have arrived out of the queue. */
  async sent(numbers: number[]): Promise<void> {
    const transaction = this.#database.transaction("queue", "readwrite");
    for (const number of numbers) transaction.objectStore("queue").delete(number);
    await committed(transaction);
  }

  /** Takes a scan out of the queue that the server did not understand: it is kept, and never sent again. */
  async reject(scan: QueuedScan): Promise<void> {
    const transaction = this.#database.transaction(["queue", "rejected"], "readwrite");
    if (scan.number !== undefined) transaction.objectStore("queue").delete(scan.number);
    transaction.objectStore("rejected").put(scan);
    await committed(transaction);
  }

  /** Forgets the event and its list; what waits or was rejected stays. */
  async forgetList(values: Partial<Settings>): Promise<void> {
    const transaction = this.#database.transaction(["settings", "parts", "marks"], "readwrite");
    for (const store of ["settings", "parts", "marks"]) transaction.objectStore(store).clear();
    for (const [key, value] of Object.entries(values)) transaction.objectStore("settings").put(value, key);
    await committed(transaction);
  }

  /** Forgets everything: the device belongs to no event any more. */
  async clear(): Promise<void> {
    const stores = ["settings", "parts", "marks", "queue", "rejected"];
    const transaction = this.#database.transaction(stores, "readwrite");
    for (const store of stores) transaction.objectStore(store).clear();
    await committed(transaction);
  }
}
