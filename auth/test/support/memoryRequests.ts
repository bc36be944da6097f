import type { AccessRequest, RequestRepository, RequestState } from '../../src/requests/request.ts';

export class MemoryRequests implements RequestRepository {
  readonly #kept = new Map<string, AccessRequest>();

  insert(request: AccessRequest): Promise<void> {
    this.#kept.set(request.id, request);
    return Promise.resolve();
  }

  countOpen(): Promise<number> {
    return Promise.resolve([...this.#kept.values()].filter(({ state }) => state === 'open').length);
  }

  find(id: string): Promise<AccessRequest | undefined> {
    return Promise.resolve(this.#kept.get(id));
  }

  list(): Promise<AccessRequest[]> {
    return Promise.resolve([...this.#kept.values()].reverse());
  }

  move(id: string, from: RequestState, to: RequestState): Promise<boolean> {
    const kept = this.#kept.get(id);
    if (kept?.state !== from) return Promise.resolve(false);
    this.#kept.set(id, { ...kept, state: to });
    return Promise.resolve(true);
  }
}
