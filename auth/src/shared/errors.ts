/** The store (database) does not answer. A broken dependency, so an exception; `web/` answers 503. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}
