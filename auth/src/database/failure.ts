import { QueryFailedError } from 'typeorm';
import { Refused } from '../identity/errors.ts';
import { StoreUnavailable } from '../shared/errors.ts';

type Violation = 'unique' | 'foreignKey';

/** SQLite's names and PostgreSQL's SQLSTATE. */
const VIOLATIONS: Readonly<Record<string, Violation>> = {
  SQLITE_CONSTRAINT_UNIQUE: 'unique',
  SQLITE_CONSTRAINT_PRIMARYKEY: 'unique',
  SQLITE_CONSTRAINT_FOREIGNKEY: 'foreignKey',
  '23505': 'unique',
  '23503': 'foreignKey',
};

/** The database's own code of a failure: `SQLITE_BUSY`, `23505`. Undefined where it did not get as far as an answer. */
export function codeOf(error: unknown): string | undefined {
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : error;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** What a caller of a repository is told: a rule that refuses stays itself, all else is the database's failure. */
export function asStoreFailure(error: unknown): Error {
  if (error instanceof Refused || error instanceof StoreUnavailable) return error;
  return new StoreUnavailable('The database does not answer as it should.', { cause: error });
}

/** Does a change; throws what `refusals` makes of a violated constraint. */
export async function refusing<T>(
  change: () => Promise<T>,
  refusals: Readonly<Partial<Record<Violation, () => Refused>>>,
): Promise<T> {
  try {
    return await change();
  } catch (error) {
    const violation = VIOLATIONS[codeOf(error) ?? ''];
    const refusal = violation && refusals[violation];
    throw refusal ? refusal() : error;
  }
}
