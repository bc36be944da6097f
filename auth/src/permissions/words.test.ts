import { describe, expect, it } from 'vitest';
import { explain } from '../access/decide.ts';
import { makeRule } from '../access/rules.ts';
import { RuleTree } from '../access/ruleTree.ts';
import { anonymous } from '../access/subject.ts';
import { decisionInWords, explained, explanationInWords, scopeInWords, ruleInWords, speechFor } from './words.ts';

const LETTERS = makeRule({
  name: 'access.yml: letters',
  where: ['letters'],
  grants: [
    { who: {}, pixels: 600 },
    { who: { roles: ['staff', 'guest'], networks: ['10.1.0.0/16'] } },
    { who: { names: ['ada@example.org'] }, until: Date.UTC(2027, 6, 1) },
    { who: { gesture: 'agreement' }, from: Date.UTC(2030, 0, 1) },
    { who: { gesture: 'kiosk', networks: ['10.2.0.0/16'] } },
    { who: { users: true } },
  ],
});
const asked = explain(anonymous, { kind: 'image', path: ['letters', '1.tif'] }, new RuleTree([LETTERS]), 0);

describe('rules in words', () => {
  it('in German', () => {
    expect(ruleInWords(LETTERS, speechFor('de', ''))).toEqual([
      'alle sehen ein Bild von 600 Pixeln',
      'alle mit der Rolle staff oder guest und am Ort 10.1.0.0/16 sehen alles',
      expect.stringMatching(/^ada@example\.org sieht alles, bis 2027-0[67]-/),
      expect.stringMatching(/^alle nach Zustimmung zu den Bedingungen sehen alles, ab 20/),
      'alle am Ort 10.2.0.0/16 und nach dem Öffnen der Kiosk-Seite sehen alles',
      'alle mit einem Konto sehen alles',
    ]);
    expect(ruleInWords(makeRule({ where: [], grants: [] }), speechFor('de', ''))).toEqual(['niemand sieht etwas']);
    expect(decisionInWords(asked.decision, speechFor('de', ''))).toBe(
      'noch nicht erlaubt: erst nach einer Anmeldung; gezeigt wird ein Bild von 600 Pixeln',
    );
  });

  it('an explanation names in German what is missing, and the rule that stands nowhere', () => {
    const { rules } = explained(asked, speechFor('de', ''));
    expect(rules.map(({ name, decides }) => [name, decides])).toEqual([
      ['access.yml: letters', true],
      ['aktive Konten sehen alles', false],
    ]);
    expect(rules[0]?.grants.map(({ failed }) => failed)).toEqual([
      '',
      'eine Anmeldung, ein aktives Konto, eine Rolle, das Netz',
      'eine Anmeldung, ein aktives Konto, der Name',
      'die Zeit, eine Zustimmung',
      'ein Kiosk, das Netz',
      'eine Anmeldung, ein aktives Konto',
    ]);
    // Nothing that the language does not have.
    expect(explanationInWords(asked, speechFor('de', '')).join('\n')).not.toMatch(/\b(?:the|an?|would|met|missing)\b/);
  });

  it('a moment is said in the zone of the server, and in the reader’s where that is another', () => {
    const key = {
      name: 'the key "harvester"',
      folders: [['maps'], []],
      pixels: Infinity,
      until: Date.UTC(2027, 6, 1, 12),
    };
    const [here] = [Intl.DateTimeFormat().resolvedOptions().timeZone];
    expect(scopeInWords(key, speechFor('en', here))).toMatch(
      /^the key "harvester" sees all of maps, \., until 2027-\S+$/,
    );
    expect(scopeInWords(key, speechFor('en', 'Pacific/Kiritimati'))).toMatch(
      /until 2027-07-01T\S+ \(2027-07-02T02:00\+14:00 Pacific\/Kiritimati\)$/,
    );
    expect(scopeInWords(key, speechFor('en', 'no/zone'))).toMatch(/until 2027-\S+$/);
  });
});
