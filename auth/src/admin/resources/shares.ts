import type { ActionContext, ActionResponse, ResourceWithOptions } from 'adminjs';
import { z } from 'zod';
import { readSight, WRONG_SIGHT } from '../../permissions/schema.ts';
import { writtenSight } from '../../permissions/words.ts';
import { readMoment } from '../../shared/dates.ts';
import type { Share } from '../../shares/share.ts';
import { nameOf, shareInWords, shareLink, type Shares } from '../../shares/shares.ts';
import { refusal, type AuditedChange } from '../changes.ts';
import type { Row } from '../filterAndPage.ts';
import { inMemory } from './inMemory.ts';
import { readForm } from './readForm.ts';
import { switchedOff } from './switchedOff.ts';
import { TableResource, type FormInput, type Table } from './tableResource.ts';

const text = z.string().default('');
const Form = z.object({ name: text, folder: text, sees: text, people: text, until: text });

/** Links that were just made, until the answer that tells them is written. */
type NewLinks = WeakMap<ActionContext, string>;

/**
 * The share links. One is made and revoked; what it opens is never changed behind the back of who has it.
 * @param publicUrl the address of this server, without a path
 */
export function sharesResource(shares: Shares, publicUrl: string, record: AuditedChange): ResourceWithOptions {
  const links: NewLinks = new WeakMap();
  const tellLink = (response: ActionResponse, _request: unknown, context: ActionContext): ActionResponse => {
    const link = links.get(context);
    if (link === undefined) return response;
    const options = { link, stays: true };
    return { ...response, notice: { type: 'success', message: 'shareMade', resourceId: 'shares', options } };
  };
  return {
    resource: new TableResource(sharesTable(shares, publicUrl, record, links)),
    options: {
      titleProperty: 'name',
      navigation: { icon: 'Share2' },
      sort: { sortBy: 'createdAt', direction: 'desc' },
      actions: {
        ...switchedOff.everywhere,
        show: switchedOff.off,
        edit: switchedOff.off,
        new: { after: [tellLink] },
        delete: { guard: 'confirmRevoke' },
      },
      listProperties: ['name', 'shows', 'opened', 'expiresAt', 'lastUsedAt'],
      editProperties: ['name', 'folder', 'sees', 'people', 'until'],
      filterProperties: ['name', 'folder', 'expiresAt'],
      properties: {
        name: { isRequired: true, description: 'shareNameHint' },
        folder: { isRequired: true, description: 'folderHint' },
        sees: { isRequired: true, description: 'seesHint', custom: { initially: 'full' } },
        people: { isRequired: true, description: 'peopleHint', custom: { initially: '1' } },
        until: { isRequired: true, description: 'untilHint' },
      },
    },
  };
}

function sharesTable(shares: Shares, publicUrl: string, record: AuditedChange, links: NewLinks): Table {
  return {
    name: 'shares',
    fields: [
      { name: 'id' },
      { name: 'name' },
      { name: 'folder' },
      { name: 'sees' },
      { name: 'people' },
      { name: 'shows' },
      { name: 'opened' },
      { name: 'until' },
      { name: 'expiresAt', type: 'datetime' },
      { name: 'lastUsedAt', type: 'datetime' },
      { name: 'createdAt', type: 'datetime' },
    ],
    ...inMemory('id', async () => (await shares.list()).map(rowOf)),

    async add(input, context) {
      const given = givenIn(input);
      const change = { actions: ['share.add' as const], target: shareInWords(given) };
      const { share, secret } = await record(change, context, () => shares.add(given));
      links.set(context, shareLink(publicUrl, secret));
      return rowOf(share);
    },

    async remove(id, context) {
      const share = (await shares.list()).find((one) => one.id === id);
      const target = share ? nameOf(share) : id;
      await record({ actions: ['share.revoke'], target }, context, () => shares.revoke(id));
    },
  };
}

/** @throws ValidationError at the field that cannot be read */
function givenIn(input: FormInput) {
  const { name, folder, sees, people, until } = readForm(Form, input);
  const pixels = readSight(sees.trim());
  if (pixels === undefined) throw refusal('sees', `This ${WRONG_SIGHT}.`);
  const end = readMoment(until.trim());
  if (end === undefined) throw refusal('until', 'This is not a date: write 2027-07-01, or 2027-07-01 18:00.');
  const count = /^\d+$/.test(people.trim()) ? Number(people) : NaN;
  return { name, folder: folder.trim(), pixels, people: count, expiresAt: new Date(end) };
}

function rowOf({ id, name, folder, pixels, people, used, ...times }: Share): Row {
  const { expiresAt, lastUsedAt, createdAt } = times;
  const sees = String(writtenSight(pixels));
  // Together, so that the table has room for its dates.
  const shows = `${folder}, ${sees}`;
  return { id, name, folder, sees, shows, opened: `${used} / ${people}`, expiresAt, lastUsedAt, createdAt };
}
