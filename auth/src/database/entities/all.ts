import { auditEventTable } from './auditEvent.ts';
import { imageFactTable } from './imageFact.ts';
import { roleTable } from './role.ts';
import { sessionTable } from './session.ts';
import { userTable } from './user.ts';
import { userRoleTable } from './userRole.ts';
import { visitTable } from './visit.ts';

export const entities = [
  userTable,
  roleTable,
  userRoleTable,
  sessionTable,
  auditEventTable,
  imageFactTable,
  visitTable,
];
