import { Refused } from '../identity/errors.ts';
import type { Invitation, InvitationRepository } from '../sessions/invitations.ts';
import { toText } from './entities/time.ts';
import type { PasswordLinkRow } from './entities/passwordLink.ts';
import { refusing } from './failure.ts';
import type { Store } from './store.ts';
import { storable } from './text.ts';

const noSuchUser = () => new Refused('id', 'There is no such user.');

export class StoredInvitations implements InvitationRepository {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  async put({ userId, hash, purpose, expiresAt }: Invitation): Promise<void> {
    const row: PasswordLinkRow = { userId, hash, purpose, expiresAt: toText(expiresAt) };
    // In one statement: of several at the same moment each takes the place of the one before, and none fails.
    await this.#store.run((manager) => {
      const insert = manager.createQueryBuilder().insert().into('password_link').values(row);
      const put = insert.orUpdate(['hash', 'expires_at'], ['user_id', 'purpose']);
      return refusing(() => put.execute(), { foreignKey: noSuchUser });
    });
  }

  async find(hash: string): Promise<Invitation | undefined> {
    const row = await this.#store.run((manager) =>
      manager
        .createQueryBuilder<PasswordLinkRow>('password_link', 'link')
        .where('link.hash = :hash', { hash: storable(hash) })
        .getOne(),
    );
    return row ? { ...row, expiresAt: new Date(row.expiresAt) } : undefined;
  }

  async take(hash: string): Promise<boolean> {
    const { affected } = await this.#store.run((manager) =>
      manager.createQueryBuilder().delete().from('password_link').where('hash = :hash', { hash }).execute(),
    );
    return affected === 1;
  }
}
