// One connection to SQLite for everybody: one asks at a time, and whoever asks much lets others in between.
import { type DatabaseConnection, type Driver, SqliteAdapter, SqliteDialect, SqliteDriver } from "kysely";
import { breathe } from "../lib/pace.ts";

/**
 * SQLite answers at once, in this thread: a page of seven queries would hold it from the first to the last. A pause must come
 * before the connection is taken, which Kysely's own lock does not allow; hence a lock of ours.
 */
export class PacedSqliteDialect extends SqliteDialect {
  readonly #config: ConstructorParameters<typeof SqliteDialect>[0];

  constructor(config: ConstructorParameters<typeof SqliteDialect>[0]) {
    super(config);
    this.#config = config;
  }

  override createDriver(): Driver {
    return new PacedSqliteDriver(this.#config);
  }

  override createAdapter(): SqliteAdapter {
    return new SelfLockingAdapter();
  }
}

class SelfLockingAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

class PacedSqliteDriver extends SqliteDriver {
  #free: Promise<void> = Promise.resolve();
  #release: () => void = () => {};

  override async acquireConnection(): Promise<DatabaseConnection> {
    await breathe();
    const before = this.#free;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#free = promise;
    await before;
    this.#release = resolve;
    return super.acquireConnection();
  }

  override async releaseConnection(): Promise<void> {
    this.#release();
  }
}
