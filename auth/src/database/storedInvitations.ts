import { Refused } from '../identity/errors.ts';
import type { Invitation, InvitationRepository } from '../sessions/invitations.ts';
import { toText } from './entities/time.ts';
import type { InvitationRow } from './entities/invitation.ts';
import { refusing } from './failure.ts';
import type { Store } from './store.ts';
import { storable } from './text.ts';

const noSuchUser = () => new Refused('id', 'There is no such user.');

export class StoredInvitations implements InvitationRepository {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  async put({ userId, hash, expiresAt }: Invitation): Promise<void> {
    const row: InvitationRow = { userId, hash, expiresAt: toText(expiresAt) };
    await this.#store.change(async (manager) => {
      await manager.createQueryBuilder().delete().from('invitation').where('user_id = :userId', { userId }).execute();
      await refusing(() => manager.insert('invitation', row), { foreignKey: noSuchUser });
    });
  }

  async find(hash: string): Promise<Invitation | undefined> {
    const row = await this.#store.run((manager) =>
      manager
        .createQueryBuilder<InvitationRow>('invitation', 'invitation')
        .where('invitation.hash = :hash', { hash: storable(hash) })
        .getOne(),
    );
    return row ? { userId: row.userId, hash: row.hash, expiresAt: new Date(row.expiresAt) } : undefined;
  }

  async take(hash: string): Promise<boolean> {
    const { affected } = await this.#store.run((manager) =>
      manager.createQueryBuilder().delete().from('invitation').where('hash = :hash', { hash }).execute(),
    );
    return affected === 1;
  }
}
