import type { ActionContext, ActionResponse, NoticeMessage, ResourceWithOptions } from 'adminjs';
import { z } from 'zod';
import type { AccessRequest } from '../../requests/request.ts';
import type { Answer, Requests } from '../../requests/requests.ts';
import { readMoment } from '../../shared/dates.ts';
import { refusal, type AuditedChange } from '../changes.ts';
import type { Row } from '../filterAndPage.ts';
import { inMemory } from './inMemory.ts';
import { readForm } from './readForm.ts';
import { switchedOff } from './switchedOff.ts';
import { TableResource, type Table } from './tableResource.ts';

const text = z.string().default('');
const Form = z.object({ until: text, word: text });

/** Answers that were just given, until they are told. */
type Answers = WeakMap<ActionContext, Answer>;

/** What people ask for. A date answers yes, words alone answer no; nothing else of a request is changed. */
export function requestsResource(requests: Requests, record: AuditedChange): ResourceWithOptions {
  const answers: Answers = new WeakMap();
  const tell = (response: ActionResponse, _request: unknown, context: ActionContext): ActionResponse => {
    const answer = answers.get(context);
    return answer ? { ...response, notice: noticeOf(answer) } : response;
  };
  const fixed = { custom: { fixed: true } };
  return {
    resource: new TableResource(requestsTable(requests, record, answers)),
    options: {
      titleProperty: 'name',
      navigation: { icon: 'Inbox' },
      sort: { sortBy: 'createdAt', direction: 'desc' },
      actions: {
        ...switchedOff.everywhere,
        show: switchedOff.off,
        new: switchedOff.off,
        delete: switchedOff.off,
        edit: { after: [tell] },
      },
      listProperties: ['name', 'state', 'place', 'email', 'createdAt'],
      editProperties: ['place', 'name', 'email', 'reason', 'until', 'word'],
      filterProperties: ['name', 'state', 'place', 'email', 'createdAt'],
      properties: {
        place: fixed,
        name: fixed,
        email: { ...fixed, description: 'emailHint' },
        reason: { ...fixed, props: { rows: 6 } },
        until: { description: 'untilHint' },
        word: { description: 'wordHint', props: { rows: 3 } },
      },
    },
  };
}

function noticeOf({ request: { email }, link, mailed }: Answer): NoticeMessage {
  const reason = mailed?.kind === 'failed' ? mailed.reason : '';
  // What is named stands as it is: i18next would write < as &lt;, which React does again.
  const options = { email, link, reason, stays: true, interpolation: { escapeValue: false } };
  const kind = link === '' ? 'refused' : 'granted';
  const how = mailed === undefined ? 'ByHand' : mailed.kind === 'sent' ? 'Mailed' : 'NotMailed';
  const type = how === 'NotMailed' ? ('error' as const) : ('success' as const);
  return { type, message: kind + how, resourceId: 'requests', options };
}

function requestsTable(requests: Requests, record: AuditedChange, answers: Answers): Table {
  return {
    name: 'requests',
    fields: [
      { name: 'id' },
      { name: 'name' },
      { name: 'state' },
      { name: 'place' },
      { name: 'email' },
      { name: 'reason', type: 'textarea' },
      { name: 'createdAt', type: 'datetime' },
      { name: 'until' },
      { name: 'word', type: 'textarea' },
    ],
    ...inMemory('id', async () => (await requests.list()).map(rowOf)),

    async change(id, input, context) {
      const { until, word } = readForm(Form, input);
      const said = word.trim();
      const asked = (await requests.list()).find((one) => one.id === id);
      const target = `${asked?.email ?? id}: ${asked?.place ?? ''}`;
      if (until.trim() === '' && said === '') throw refusal('until', 'Write until when, or why not.');
      if (until.trim() === '') {
        const refused = { actions: ['request.refuse' as const], target };
        answers.set(context, await record(refused, context, () => requests.refuse(id, said)));
      } else {
        const end = readMoment(until.trim());
        if (end === undefined) throw refusal('until', 'This is not a date: write 2027-07-01, or 2027-07-01 18:00.');
        const granted = { actions: ['request.grant' as const], target };
        answers.set(context, await record(granted, context, () => requests.grant(id, new Date(end), said)));
      }
      const after = (await requests.list()).find((one) => one.id === id);
      if (!after) throw refusal('until', 'There is no such request any more.');
      return rowOf(after);
    },
  };
}

function rowOf({ language: _, ...request }: AccessRequest): Row {
  return request;
}
