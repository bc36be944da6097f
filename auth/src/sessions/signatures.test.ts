import { describe, expect, it } from 'vitest';
import { Signatures } from './signatures.ts';

const clock = { now: new Date('2026-11-22T12:00:00Z') };
const signatures = new Signatures('k'.repeat(64), () => clock.now);
const path = ['atlas', 'page1.tif'];
const signer = { sessionId: '0f9a3a0e-0000-4000-8000-000000000001', visitId: undefined };

describe('a signature', () => {
  it('is read back for its image, and may stand in an address', () => {
    const signature = signatures.sign(signer, path);
    expect(signature).toMatch(/^[\w.-]+$/);
    expect(signatures.read(signature, path)).toEqual({ ...signer, endsAt: new Date('2026-11-22T12:10:00Z') });
  });

  it('says nothing of another image', () => {
    const signature = signatures.sign(signer, path);
    expect(signatures.read(signature, ['atlas', 'page2.tif'])).toBeUndefined();
    expect(signatures.read(signature, ['atlas/page1.tif'.replace('/', '!')])).toBeUndefined();
  });

  it('is over after ten minutes', () => {
    const signature = signatures.sign(signer, path);
    clock.now = new Date('2026-11-22T12:09:59Z');
    expect(signatures.read(signature, path)).toEqual({ ...signer, endsAt: new Date('2026-11-22T12:10:00Z') });
    clock.now = new Date('2026-11-22T12:10:00Z');
    expect(signatures.read(signature, path)).toBeUndefined();
    clock.now = new Date('2026-11-22T12:00:00Z');
  });

  it('is not to be changed, shortened or made by somebody else', () => {
    const signature = signatures.sign(signer, path);
    const [end = '', ...rest] = signature.split('.');
    const later = [(Number.parseInt(end, 36) + 9999).toString(36), ...rest].join('.');
    const other = new Signatures('x'.repeat(64), () => clock.now).sign(signer, path);
    for (const forged of [
      later,
      signature.slice(0, -1),
      `${signature}x`,
      other,
      '',
      '....',
      'a.b.c.d',
      `${signature}.x`,
    ]) {
      expect(signatures.read(forged, path), forged).toBeUndefined();
    }
  });
});
