import type { ActionContext, ActionResponse, ResourceWithOptions } from 'adminjs';
import { z } from 'zod';
import type { ApiKey } from '../../keys/key.ts';
import { scopeOf, type Keys } from '../../keys/keys.ts';
import { readSight, WRONG_SIGHT } from '../../permissions/schema.ts';
import { scopeInWords, writtenSight } from '../../permissions/words.ts';
import { readMoment } from '../../shared/dates.ts';
import { refusal, type AuditedChange } from '../changes.ts';
import type { Row } from '../filterAndPage.ts';
import { inMemory } from './inMemory.ts';
import { readForm } from './readForm.ts';
import { switchedOff } from './switchedOff.ts';
import { TableResource, type FormInput, type Table } from './tableResource.ts';

const text = z.string().default('');
const Form = z.object({ name: text, folders: text, sees: text, until: text });

/** Secrets of keys that were just made, until the answer that tells them is written. */
type NewSecrets = WeakMap<ActionContext, string>;

/** The keys of programs. One is made and revoked; what it opens is never changed behind the back of who has it. */
export function keysResource(keys: Keys, record: AuditedChange): ResourceWithOptions {
  const secrets: NewSecrets = new WeakMap();
  const tellSecret = (response: ActionResponse, _request: unknown, context: ActionContext): ActionResponse => {
    const secret = secrets.get(context);
    if (secret === undefined) return response;
    const options = { secret, stays: true };
    return { ...response, notice: { type: 'success', message: 'keyMade', resourceId: 'keys', options } };
  };
  return {
    resource: new TableResource(keysTable(keys, record, secrets)),
    options: {
      titleProperty: 'name',
      navigation: { icon: 'Key' },
      sort: { sortBy: 'name', direction: 'asc' },
      actions: {
        ...switchedOff.everywhere,
        show: switchedOff.off,
        edit: switchedOff.off,
        new: { after: [tellSecret] },
        delete: { guard: 'confirmRevoke' },
      },
      listProperties: ['name', 'folders', 'sees', 'expiresAt', 'lastUsedAt'],
      editProperties: ['name', 'folders', 'sees', 'until'],
      filterProperties: ['name', 'folders', 'expiresAt'],
      properties: {
        name: { isRequired: true, description: 'keyNameHint' },
        folders: { isRequired: true, description: 'foldersHint', props: { rows: 4 } },
        sees: { isRequired: true, description: 'seesHint', custom: { initially: 'full' } },
        until: { isRequired: true, description: 'untilHint' },
      },
    },
  };
}

function keysTable(keys: Keys, record: AuditedChange, secrets: NewSecrets): Table {
  return {
    name: 'keys',
    fields: [
      { name: 'id' },
      { name: 'name' },
      { name: 'folders', type: 'textarea' },
      { name: 'sees' },
      { name: 'until' },
      { name: 'expiresAt', type: 'datetime' },
      { name: 'lastUsedAt', type: 'datetime' },
    ],
    ...inMemory('id', async () => (await keys.list()).map(rowOf)),

    async add(input, context) {
      const given = givenIn(input);
      const change = { actions: ['key.add' as const], target: scopeInWords(scopeOf(given)) };
      const { key, secret } = await record(change, context, () => keys.add(given));
      secrets.set(context, secret);
      return rowOf(key);
    },

    async remove(id, context) {
      const name = (await keys.list()).find((key) => key.id === id)?.name ?? id;
      await record({ actions: ['key.revoke'], target: name }, context, () => keys.revoke(id));
    },
  };
}

/** @throws ValidationError at the field that cannot be read */
function givenIn(input: FormInput) {
  const { name, folders, sees, until } = readForm(Form, input);
  const pixels = readSight(sees.trim());
  if (pixels === undefined) throw refusal('sees', `This ${WRONG_SIGHT}.`);
  const end = readMoment(until.trim());
  if (end === undefined) throw refusal('until', 'This is not a date: write 2027-07-01, or 2027-07-01 18:00.');
  const places = folders.split(/\r?\n/).map((line) => line.trim());
  return { name, folders: places.filter((place) => place !== ''), pixels, expiresAt: new Date(end) };
}

function rowOf({ id, name, folders, pixels, expiresAt, lastUsedAt }: ApiKey): Row {
  return { id, name, folders: folders.join(', '), sees: String(writtenSight(pixels)), expiresAt, lastUsedAt };
}
