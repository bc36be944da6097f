import type { AccessRequest, RequestRepository, RequestState } from '../requests/request.ts';
import type { AccessRequestRow } from './entities/accessRequest.ts';
import { toText } from './entities/time.ts';
import type { Store } from './store.ts';
import { storable } from './text.ts';

export class StoredRequests implements RequestRepository {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  async insert(request: AccessRequest): Promise<void> {
    const row: AccessRequestRow = {
      ...request,
      place: storable(request.place),
      name: storable(request.name),
      email: storable(request.email),
      reason: storable(request.reason),
      createdAt: toText(request.createdAt),
    };
    await this.#store.run((manager) => manager.insert('access_request', row));
  }

  countOpen(): Promise<number> {
    return this.#store.run((manager) => manager.countBy('access_request', { state: 'open' }));
  }

  async find(id: string): Promise<AccessRequest | undefined> {
    const row = await this.#store.run((manager) =>
      manager.findOneBy<AccessRequestRow>('access_request', { id: storable(id) }),
    );
    return row ? requestFrom(row) : undefined;
  }

  async list(): Promise<AccessRequest[]> {
    const rows = await this.#store.run((manager) =>
      manager.find<AccessRequestRow>('access_request', { order: { createdAt: 'DESC', id: 'ASC' } }),
    );
    return rows.map(requestFrom);
  }

  async move(id: string, from: RequestState, to: RequestState): Promise<boolean> {
    const { affected } = await this.#store.run((manager) =>
      manager
        .createQueryBuilder()
        .update('access_request')
        .set({ state: to })
        .where('id = :id AND state = :from', { id: storable(id), from })
        .execute(),
    );
    return affected === 1;
  }
}

function requestFrom({ language, createdAt, state, ...row }: AccessRequestRow): AccessRequest {
  return {
    ...row,
    language: language === 'de' ? 'de' : 'en',
    createdAt: new Date(createdAt),
    state: state as RequestState,
  };
}
