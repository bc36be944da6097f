import { describe, expect, it } from 'vitest';
import { pyramidOf } from '../../../pyramids/src/shared/pyramid.ts';
import { folder, gateFor, NO_CREDENTIALS } from '../../test/support/gate.ts';
import { anonymous, type Subject } from '../access/subject.ts';

const folders = [folder('tiered', 'clickthrough', 750), folder('never', 'denied'), folder('room', 'external')];
const there: Subject = { ...anonymous, address: '10.1.0.1' };
const gate = gateFor(anonymous, { folders });
const size = { width: 6000, height: 4000 };

describe('a description', () => {
  it('is of the image, with the way to get access to it', async () => {
    expect(await gate.info('tiered!a.tif', NO_CREDENTIALS)).toMatchObject({
      kind: 'info',
      ...size,
      tier: undefined,
      decision: { kind: 'locked', pattern: 'clickthrough' },
      accessMethod: { kind: 'clickthrough', tier: 750 },
    });
  });

  it('is of the tier, which is open to everybody', async () => {
    expect(await gate.info('tiered!a.tif!!750', NO_CREDENTIALS)).toMatchObject({
      width: 750,
      height: 500,
      tier: 'level',
      decision: { kind: 'allowed', rule: 'the folder "tiered" is clickthrough' },
    });
  });

  it('names a login where nobody gets access: Auth 1.0 has no word for "never"', async () => {
    expect(await gate.info('never!a.tif', NO_CREDENTIALS)).toMatchObject({
      decision: { kind: 'forbidden' },
      accessMethod: { kind: 'login', tier: undefined },
    });
  });

  it('below a signature is for those who may see the image', async () => {
    expect(await gate.signedInfo('room!a.tif', 's', NO_CREDENTIALS)).toMatchObject({ kind: 'locked' });
    const signed = await gateFor(there, { folders }).signedInfo('room!a.tif', 's', NO_CREDENTIALS);
    expect(signed).toEqual({ kind: 'info', ...size, pyramid: pyramidOf(size), tier: undefined, byPlace: true });
  });
});

describe('a probe', () => {
  it('says what the image would answer', async () => {
    expect(await gate.probe('room!a.tif', NO_CREDENTIALS)).toMatchObject({ kind: 'locked', pattern: 'external' });
    expect(await gateFor(there, { folders }).probe('room!a.tif', NO_CREDENTIALS)).toMatchObject({
      kind: 'allowed',
      byPlace: true,
      signature: undefined,
    });
  });
});
