import { CreateTables1795305600000 } from './1795305600000-CreateTables.ts';
import { AddVisits1795348800000 } from './1795348800000-AddVisits.ts';

/** In the order in which they run. */
export const migrations = [CreateTables1795305600000, AddVisits1795348800000];
