import { type Action, type ActionResponse, NotFoundError, type ResourceWithOptions, ValidationError } from 'adminjs';
import { z } from 'zod';
import { type Membership, readMembership, writeMembership } from '../../identity/membership.ts';
import type { User } from '../../identity/user.ts';
import { normaliseEmail } from '../../identity/checks.ts';
import type { UserChange, Users } from '../../identity/users.ts';
import type { Sent } from '../../mail/mailer.ts';
import { refusal, type AuditedChange } from '../changes.ts';
import type { Row } from '../filterAndPage.ts';
import type { PanelServices } from '../services.ts';
import { inPages } from './inPages.ts';
import { readForm } from './readForm.ts';
import { switchedOff } from './switchedOff.ts';
import { TableResource, type Table } from './tableResource.ts';

/** What the form may set; all else that is posted is left aside. An empty password counts as not posted. */
const Form = z.object({
  email: z.string().optional(),
  name: z.string().optional(),
  active: z.boolean().optional(),
  roles: z.string().transform(splitRoles).optional(),
  password: z
    .string()
    .transform((typed) => (typed === '' ? undefined : typed))
    .nullish(),
});

type Invite = PanelServices['invite'];

export function usersResource(users: Users, invite: Invite, record: AuditedChange): ResourceWithOptions {
  return {
    resource: new TableResource(usersTable(users, record)),
    options: {
      titleProperty: 'email',
      navigation: { icon: 'Users' },
      sort: { sortBy: 'email', direction: 'asc' },
      actions: { ...switchedOff.everywhere, show: switchedOff.off, invite: invitation(users, invite, record) },
      listProperties: ['email', 'name', 'active', 'roles', 'lastLoginAt'],
      editProperties: ['email', 'name', 'active', 'roles', 'password', 'lastLoginAt', 'createdAt'],
      filterProperties: ['email', 'name', 'active', 'roles', 'lastLoginAt', 'createdAt'],
      properties: {
        email: { isRequired: true, props: { autoComplete: 'off' } },
        active: { custom: { initially: true } },
        roles: { components: { edit: 'RoleBoxes' } },
        // Or the browser would offer, or fill in, the administrator's own.
        password: { description: 'passwordHint', props: { autoComplete: 'new-password' } },
      },
    },
  };
}

function invitation(users: Users, invite: Invite, record: AuditedChange): Partial<Action<ActionResponse>> {
  return {
    actionType: 'record',
    icon: 'Mail',
    component: false,
    async handler({ method }, _response, context) {
      const user = await users.find(context.record?.id() ?? '');
      if (!user || !context.currentAdmin || !context.record) throw new NotFoundError('There is no such user.', 'users');
      const shownRecord = context.record.toJSON(context.currentAdmin);
      // What only loads an address makes no link, and takes none away.
      if (method !== 'post') return { record: shownRecord };
      try {
        const change = { actions: ['user.invite' as const], target: user.email };
        const { link, mailed } = await record(change, context, () => invite(user));
        return { record: shownRecord, link, ...(mailed && { notice: toldOf(mailed, user.email) }) };
      } catch (error) {
        if (!(error instanceof ValidationError)) throw error;
        return { record: shownRecord, notice: { type: 'error', message: error.baseError?.message ?? '' } };
      }
    },
  };
}

function toldOf(mailed: Sent, email: string): object {
  const resourceId = 'users';
  // What is named stands as it is: i18next would write < as &lt;, which React does again.
  const interpolation = { escapeValue: false };
  return mailed.kind === 'sent'
    ? { type: 'success', message: 'mailed', resourceId, options: { email, interpolation } }
    : { type: 'error', message: 'notMailed', resourceId, options: { reason: mailed.reason, interpolation } };
}

function usersTable(users: Users, record: AuditedChange): Table {
  return {
    name: 'users',
    fields: [
      { name: 'id' },
      { name: 'email' },
      { name: 'name' },
      { name: 'active', type: 'boolean' },
      { name: 'roles' },
      { name: 'password', type: 'password', sortable: false },
      { name: 'createdAt', type: 'datetime' },
      { name: 'lastLoginAt', type: 'datetime' },
    ],
    ...inPages(users, shown),

    async find(id) {
      const user = await users.find(id);
      return user && shown(user);
    },

    async add(input, context) {
      const { email = '', name = '', active = true, roles: typed = [], password } = readForm(Form, input);
      const roles = typed.map(membershipIn);
      const made = { actions: ['user.add'], target: normaliseEmail(email) } as const;
      return shown(
        await record(made, context, () => users.add({ email, name, active, roles, ...(password && { password }) })),
      );
    },

    async change(id, input, context) {
      const before = await users.find(id);
      if (!before) throw refusal('email', 'There is no such user any more.');
      const change = difference(before, readForm(Form, input));
      const { password, ...rest } = change;
      const actions = [
        ...(Object.keys(rest).length > 0 ? (['user.change'] as const) : []),
        ...(password === undefined ? [] : (['user.password'] as const)),
      ];
      if (actions.length === 0) return shown(before);
      return shown(await record({ actions, target: before.email }, context, () => users.change(id, change)));
    },

    async remove(id, context) {
      const user = await users.find(id);
      if (!user) return;
      await record({ actions: ['user.remove'], target: user.email }, context, () => users.remove(id));
    },
  };
}

/** Only what differs, so that the trail tells of changes only, and sessions end for changes only. */
function difference(before: User, form: z.infer<typeof Form>): UserChange {
  const roles = form.roles?.map(membershipIn);
  return {
    ...(form.email !== undefined && form.email !== before.email && { email: form.email }),
    ...(form.name !== undefined && form.name !== before.name && { name: form.name }),
    ...(form.active !== undefined && form.active !== before.active && { active: form.active }),
    ...(roles && written(roles) !== written(before.memberships) && { roles }),
    ...(form.password && { password: form.password }),
  };
}

/** Roles as one text: neither a role's name nor a date has a comma, and AdminJS lists, sorts and filters texts best. */
function shown(user: User): Row {
  const { id, email, name, active, createdAt, lastLoginAt } = user;
  return { id, email, name, active, roles: written(user.memberships), createdAt, lastLoginAt };
}

function splitRoles(text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  return [...new Set(names.filter((name) => name !== ''))].sort();
}

function written(memberships: readonly Membership[]): string {
  return memberships.map(writeMembership).sort().join(', ');
}

/** @throws ValidationError where the dates cannot be read */
function membershipIn(text: string): Membership {
  const membership = readMembership(text);
  if (membership) return membership;
  throw refusal('roles', `This is no role with dates: ${text}. Write 2027-07-01, or 2027-07-01T18:00+02:00.`);
}
