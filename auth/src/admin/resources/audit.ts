import type { ResourceWithOptions } from 'adminjs';
import type { AuditTrail } from '../../observability/audit.ts';
import { AUDIT_ACTIONS } from '../texts/english.ts';
import { switchedOff } from './switchedOff.ts';
import { TableResource } from './tableResource.ts';

/** The audit trail, newest first, page by page from the store: it is the one list that grows without end. */
export function auditResource(audit: AuditTrail): ResourceWithOptions {
  return {
    resource: new TableResource({
      name: 'audit',
      fields: [
        { name: 'id', type: 'number', sortable: false },
        { name: 'at', type: 'datetime', sortable: false },
        { name: 'action', sortable: false },
        { name: 'actor', sortable: false },
        { name: 'target', sortable: false },
        { name: 'address', sortable: false },
        // Of a change that can be taken back: where.
        { name: 'place', sortable: false },
      ],
      list: async ({ limit, offset }) =>
        (await audit.list(limit, offset)).map(({ change, ...event }) => ({ ...event, place: change?.place })),
      count: () => audit.count(),
    }),
    options: {
      titleProperty: 'at',
      navigation: { icon: 'List' },
      actions: {
        ...switchedOff.everywhere,
        ...switchedOff.readOnly,
        show: switchedOff.off,
        list: { showFilter: false },
      },
      properties: { action: { availableValues: AUDIT_ACTIONS.map((value) => ({ value, label: value })) } },
      listProperties: ['at', 'action', 'actor', 'target', 'address'],
    },
  };
}
