import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { until } from '../../../test-support/until.mjs';
import type { AuditEvent, AuditTrail } from '../observability/audit.ts';
import type { Mailer, Sent } from './mailer.ts';
import { Outbox } from './outbox.ts';

const letter = { subject: 'a', text: 'b' };
const later: Sent = { kind: 'failed', reason: 'the mail server m:25: later', temporary: true };
const never: Sent = { kind: 'failed', reason: 'the mail server m:25: never', temporary: false };
const inAnHour = () => new Date(Date.now() + 3_600_000);

/** An outbox over a mail server that answers so, one after the other. */
function outbox(answer: (attempt: number, stop?: AbortSignal) => Sent | Promise<Sent>, pauses = [1, 1]) {
  const [trail, log]: [AuditEvent[], object[]] = [[], []];
  const attempts: string[] = [];
  const send = (to: string, _letter: object, stop?: AbortSignal) => answer(attempts.push(to), stop);
  const box = new Outbox(
    { send } as unknown as Mailer,
    { record: (event: AuditEvent) => Promise.resolve(void trail.push(event)) } as unknown as AuditTrail,
    { warn: (fields, message) => void log.push({ ...fields, message }) },
    () => new Date(),
    pauses,
  );
  return { box, trail, log, attempts };
}

it('A mail that is put off is tried again', async () => {
  const { box, trail, attempts } = outbox((attempt) => (attempt < 3 ? later : { kind: 'sent' }));
  box.post({ to: 'a@example.org', letter, until: inAnHour() });
  await until('the third attempt', () => attempts.length === 3);
  await box.stop();
  expect(trail).toEqual([]);
});

it.each<[string, Sent, number]>([
  ['refused for good', never, 1],
  ['put off too often', later, 3],
])('A mail that is %s is named in the log and the trail', async (_what, answer, times) => {
  const { box, trail, log, attempts } = outbox(() => answer);
  box.post({ to: 'a@example.org', letter, until: inAnHour() });
  await until('it is said', () => trail.length > 0);
  expect(attempts.length).toBe(times);
  expect(trail).toMatchObject([{ action: 'mail.failed', actor: 'system', target: 'a@example.org' }]);
  expect(log.at(-1)).toMatchObject({ to: 'a@example.org', message: 'a mail was not sent' });
});

it('A mail whose link would be over is not sent', async () => {
  const { box, trail, attempts } = outbox(() => ({ kind: 'sent' }));
  box.post({ to: 'a@example.org', letter, until: new Date(0) });
  await until('it is said', () => trail.length > 0);
  expect(attempts).toEqual([]);
  expect(trail.length).toBe(1);
});

it('No more than a hundred wait, two are under way, and the next one is said not to be sent', async () => {
  const { box, trail, attempts } = outbox(
    (_attempt, stop) =>
      new Promise((resolve) =>
        stop?.addEventListener('abort', () => {
          resolve(never);
        }),
      ),
  );
  for (let n = 0; n < 100; n += 1) box.post({ to: `${n}@example.org`, letter, until: inAnHour() });
  expect(box.isFull).toBe(true);
  box.post({ to: 'late@example.org', letter, until: inAnHour() });
  await until('it is said', () => trail.length > 0);
  expect(trail.map(({ target }) => target)).toEqual(['late@example.org']);
  expect(attempts.length).toBe(2);
});

it('What waits when the service is stopped is said not to be sent, and keeps nobody waiting', async () => {
  const { box, trail, attempts } = outbox(() => later, [3_600_000]);
  box.post({ to: 'a@example.org', letter, until: inAnHour() });
  await until('one attempt', () => attempts.length === 1);
  await wait(0);
  await box.stop();
  expect(trail).toMatchObject([{ action: 'mail.failed', target: 'a@example.org' }]);
});
