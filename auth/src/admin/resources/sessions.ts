import type { ResourceWithOptions } from 'adminjs';
import type { LiveSession } from '../../sessions/session.ts';
import type { Sessions } from '../../sessions/sessions.ts';
import { browserName } from '../browserName.ts';
import type { AuditedChange } from '../changes.ts';
import type { Row } from '../filterAndPage.ts';
import { inPages } from './inPages.ts';
import { switchedOff } from './switchedOff.ts';
import { TableResource } from './tableResource.ts';

/** Who is logged in. To end a session is AdminJS's `delete`: the one action that its buttons send as POST. */
export function sessionsResource(sessions: Sessions, record: AuditedChange): ResourceWithOptions {
  return {
    resource: new TableResource({
      name: 'sessions',
      fields: [
        { name: 'id' },
        { name: 'user' },
        { name: 'createdAt', type: 'datetime' },
        { name: 'expiresAt', type: 'datetime' },
        { name: 'address' },
        { name: 'userAgent' },
        { name: 'browser', sortable: false },
      ],
      ...inPages(sessions, shown),
      async find(id) {
        const session = await sessions.ofId(id);
        return session && shown(session);
      },
      remove: (id, context) => record({ actions: ['session.end'], target: id }, context, () => sessions.end(id)),
    }),
    options: {
      titleProperty: 'user',
      navigation: { icon: 'Activity' },
      sort: { sortBy: 'createdAt', direction: 'desc' },
      actions: {
        ...switchedOff.everywhere,
        new: switchedOff.off,
        edit: switchedOff.off,
        show: switchedOff.off,
        delete: { icon: 'LogOut', guard: 'confirmEnd' },
      },
      listProperties: ['user', 'createdAt', 'expiresAt', 'address', 'browser'],
      filterProperties: ['user', 'createdAt', 'expiresAt', 'address', 'userAgent'],
    },
  };
}

function shown({ id, user, createdAt, expiresAt, address, userAgent }: LiveSession): Row {
  return { id, user: user.email, createdAt, expiresAt, address, userAgent, browser: browserName(userAgent) };
}
