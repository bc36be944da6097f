import type { englishWhy } from './englishWhy.ts';

/** Like auth/src/admin/texts/englishWhy.ts. */
export const germanWhy: typeof englishWhy = {
  labels: { filters: 'Fragen' },
  actions: { list: 'Warum?' },
  properties: {
    place: 'Adresse oder Pfad',
    user: 'Konto',
    key: 'Schlüssel',
    from: 'Von der Adresse (IP)',
    at: 'Zeitpunkt',
    agreed: 'Hat den Bedingungen zugestimmt',
    kiosk: 'Hat die Kiosk-Seite geöffnet',
  },
  messages: {
    about: 'Warum jemand ein Bild sieht oder nicht: jede Regel, die angesehen wurde, und was fehlte.',
    placeHint:
      'Eines Bildes, einer info.json, eines Manifests oder eines Viewers, der eines zeigt, wie kopiert; oder ein Pfad wie maps/atlas.',
    userHint: 'Die E-Mail-Adresse; bleibt sie leer, ist niemand angemeldet.',
    keyHint: 'Der Name eines Schlüssels für Programme.',
    atHint: 'Etwa 2027-07-01 oder 2027-07-01T18:00+02:00; bleibt er leer, jetzt.',
    placeWrong: 'Das ist weder die Adresse eines Bildes oder Manifests noch ein Pfad unter dem Ordner der Bilder.',
    userWrong: 'Es gibt kein Konto mit dieser E-Mail-Adresse.',
    keyWrong: 'Es gibt keinen Schlüssel dieses Namens.',
    fromWrong: 'Das ist keine IP-Adresse.',
    atWrong: 'Das ist kein Datum. Schreiben Sie 2027-07-01 oder 2027-07-01T18:00+02:00.',
    ask: 'Fragen',
    answer: 'Antwort',
    looked: 'Was angesehen wurde',
    decides: 'Entscheidet',
    overruled: 'Entschiede, wäre sie die nächste',
    beside: 'Öffnet neben den Regeln',
    met: 'erfüllt',
    missing: 'es fehlt: {{what}}',
    nobody: 'Niemand sieht etwas.',
    edit: 'Diese Regel ändern',
    inFile: 'Sie steht in {{file}}: ändern Sie sie dort.',
    inNoPlace: 'Das gilt, wo es keine Regel gibt.',
    add: 'Regel für {{place}} hinzufügen',
  },
};
