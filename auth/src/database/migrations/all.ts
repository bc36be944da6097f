import { CreateTables1795305600000 } from './1795305600000-CreateTables.ts';

/** In the order in which they run. */
export const migrations = [CreateTables1795305600000];
