import type { MigrationInterface, QueryRunner } from 'typeorm';

/*
 * Frozen: what has run on somebody's server is never edited. A change of an entity is a new migration beside this one.
 */

/**
 * E-mail addresses were kept as they were typed, and one é can be typed in two ways: from now on it is the composed one
 * (NFC). Where both are there, as two users, the other stays as it is: only an administrator knows which of them to remove.
 */
export class OneSpellingOfEmails1795646400000 implements MigrationInterface {
  readonly name = 'OneSpellingOfEmails1795646400000';

  async up(runner: QueryRunner): Promise<void> {
    const users = (await runner.query('SELECT id, email FROM users ORDER BY created_at')) as Row[];
    const taken = new Set(users.map(({ email }) => email));
    const [first, second] = [0, 1].map((index) => runner.dataSource.driver.createParameter('value', index));
    for (const { id, email } of users) {
      const composed = email.normalize('NFC');
      if (taken.has(composed)) continue;
      taken.add(composed);
      await runner.query(`UPDATE users SET email = ${first} WHERE id = ${second}`, [composed, id]);
    }
  }

  down(): Promise<void> {
    return Promise.resolve();
  }
}

type Row = { readonly id: string; readonly email: string };
