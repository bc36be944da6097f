import { CreateTables1795305600000 } from './1795305600000-CreateTables.ts';
import { AddVisits1795348800000 } from './1795348800000-AddVisits.ts';
import { OneSpellingOfEmails1795646400000 } from './1795646400000-OneSpellingOfEmails.ts';
import { EndOfWhatGrows1795650000000 } from './1795650000000-EndOfWhatGrows.ts';
import { FactsOfImages1795737600000 } from './1795737600000-FactsOfImages.ts';
import { SessionsByTime1795800000000 } from './1795800000000-SessionsByTime.ts';
import { AccessRules1795886400000 } from './1795886400000-AccessRules.ts';
import { EndsOfRoles1795890000000 } from './1795890000000-EndsOfRoles.ts';
import { ApiKeys1795893600000 } from './1795893600000-ApiKeys.ts';
import { Invitations1795897200000 } from './1795897200000-Invitations.ts';
import { Shares1795900800000 } from './1795900800000-Shares.ts';
import { PasswordLinks1795904400000 } from './1795904400000-PasswordLinks.ts';
import { AccessRequests1795904400001 } from './1795904400001-AccessRequests.ts';
import { ChangesOfRules1795911600000 } from './1795911600000-ChangesOfRules.ts';

/** In the order in which they run. */
export const migrations = [
  CreateTables1795305600000,
  AddVisits1795348800000,
  OneSpellingOfEmails1795646400000,
  EndOfWhatGrows1795650000000,
  FactsOfImages1795737600000,
  SessionsByTime1795800000000,
  AccessRules1795886400000,
  EndsOfRoles1795890000000,
  ApiKeys1795893600000,
  Invitations1795897200000,
  Shares1795900800000,
  PasswordLinks1795904400000,
  AccessRequests1795904400001,
  ChangesOfRules1795911600000,
];
