import { accessRuleTable } from './accessRule.ts';
import { apiKeyTable } from './apiKey.ts';
import { auditEventTable } from './auditEvent.ts';
import { endedVisitTable } from './endedVisit.ts';
import { imageFactTable } from './imageFact.ts';
import { invitationTable } from './invitation.ts';
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
  invitationTable,
  accessRuleTable,
  apiKeyTable,
  shareTable,
];
