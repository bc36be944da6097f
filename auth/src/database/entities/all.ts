import { accessRequestTable } from './accessRequest.ts';
import { accessRuleTable } from './accessRule.ts';
import { apiKeyTable } from './apiKey.ts';
import { auditEventTable } from './auditEvent.ts';
import { endedVisitTable } from './endedVisit.ts';
import { imageFactTable } from './imageFact.ts';
import { passwordLinkTable } from './passwordLink.ts';
import { roleTable } from './role.ts';
import { sessionTable } from './session.ts';
import { shareTable } from './share.ts';
import { userTable } from './user.ts';
import { userRoleTable } from './userRole.ts';

export const entities = [
  userTable,
  roleTable,
  userRoleTable,
  sessionTable,
  auditEventTable,
  imageFactTable,
  endedVisitTable,
  passwordLinkTable,
  accessRuleTable,
  accessRequestTable,
  apiKeyTable,
  shareTable,
];
