import { germanActions } from './germanActions.ts';
import { germanWarnings } from './germanWarnings.ts';
import { germanWhy } from './germanWhy.ts';
import { refusals } from './germanRefusals.ts';
import { germanRules } from './germanRules.ts';
import { requestTexts } from './requests.ts';
import { withoutDots } from './withoutDots.ts';
import type { english } from './english.ts';

type SameKeys<T> = { readonly [K in keyof T]: T[K] extends string ? string : SameKeys<T[K]> };

export const german = {
  labels: {
    navigation: 'Verwalten',
    warnings: 'Was zu tun ist',
    dashboard: 'Übersicht',
    menu: 'Menü',
    skip: 'Zum Inhalt springen',
    users: 'Konten',
    roles: 'Rollen',
    rules: 'Regeln',
    networks: 'Netze',
    why: 'Warum?',
    keys: 'Schlüssel',
    shares: 'Geteilte Links',
    requests: 'Anfragen',
    sessions: 'Anmeldungen',
    pictures: 'Bilder',
    unserved: 'Nicht gezeigte Bilder',
    audit: 'Protokoll',
    takeBack: 'Zurücknehmen',
    doing: 'Was man tun kann',
    sortBy: 'Ordnen nach',
    roleFrom: 'von',
    roleUntil: 'bis',
    pagesOfList: 'Seiten der Liste',
    pageOf: 'Seite {{page}} von {{last}}',
    either: 'Beides',
    yes: 'Ja',
    no: 'Nein',
    from: '{{title}}: von',
    to: '{{title}}: bis',
  },
  buttons: {
    filter: 'Suchen',
    filterActive: 'Suchen ({{count}})',
    applyChanges: 'Finden',
    resetFilter: 'Alle zeigen',
    logout: 'Abmelden',
    save: 'Speichern',
    cancel: 'Abbrechen',
    moveRule: 'Die Regel gilt für {{moved}}',
    close: 'Schließen',
    previous: 'Zurück',
    next: 'Weiter',
    showPassword: 'Zeigen',
  },
  messages: {
    ...germanWarnings,
    ...withoutDots(refusals),
    loading: 'Wird geladen …',
    notices: 'Meldungen',
    noSuchPage: 'Diese Seite gibt es nicht.',
    noSuchRecord: 'Das gibt es nicht mehr.',
    notDone: 'Es ist nichts geschehen, weil der Server nicht antwortet. Versuchen Sie es noch einmal.',
    errorFetchingRecords: 'Die Liste ist nicht lesbar, weil der Server nicht antwortet. Laden Sie die Seite neu.',
    successfullyCreated: 'Hinzugefügt.',
    successfullyUpdated: 'Gespeichert.',
    successfullyDeleted: 'Erledigt.',
    noRecords: 'Nichts gefunden.',
    noRecordsInResource: 'Hier ist nichts.',
  },
  resources: {
    users: {
      labels: { filters: 'Konten suchen' },
      actions: {
        list: 'Konten',
        new: 'Konto hinzufügen',
        edit: 'Konto ändern',
        delete: 'Entfernen',
        invite: 'Link machen',
      },
      properties: {
        email: 'E-Mail',
        name: 'Name',
        active: 'Aktiv',
        roles: 'Rollen',
        password: 'Neues Passwort',
        createdAt: 'Hinzugefügt',
        lastLoginAt: 'Letzte Anmeldung',
      },
      messages: {
        about: 'Wer die Bilder sehen darf. Konten hinzufügen und sperren, Rollen und neue Passwörter geben.',
        passwordHint: 'Mindestens 8 Zeichen. Bleibt es leer, gilt das bisherige Passwort weiter.',
        passwordHintNew:
          'Mindestens 8 Zeichen. Bleibt es leer, gibt es noch keines: machen Sie danach beim Konto einen Link.',
        invitation: 'Link, um ein Passwort zu setzen',
        invitationHint:
          'Für ein neues Konto oder ein vergessenes Passwort. Er kommt in eine Mail, wenn der Server welche schicken kann; sonst schicken Sie ihn. Er gilt einmal und sieben Tage lang; ein neuerer ersetzt ihn.',
        invitationLink: 'Der Link; er wird nur jetzt gezeigt',
        mailed: 'Eine Mail mit dem Link ist unterwegs an {{email}}.',
        notMailed: 'Die Mail ging nicht hinaus: schicken Sie den Link selbst. Grund, {{reason}}',
        confirmDelete: 'Dieses Konto entfernen? Um es nur zu sperren, schalten Sie „Aktiv“ aus.',
      },
    },
    roles: {
      labels: { filters: 'Rollen suchen' },
      actions: { list: 'Rollen', new: 'Rolle hinzufügen', edit: 'Rolle ändern', delete: 'Entfernen' },
      properties: { name: 'Name', description: 'Beschreibung' },
      messages: {
        about: 'Namen für Gruppen von Menschen. Die Rolle „admin“ öffnet diese Verwaltung.',
        roleNameHint: 'Buchstaben, Ziffern, Leerzeichen, Punkte und Bindestriche. Der Name bleibt für immer.',
        confirmDelete: 'Diese Rolle entfernen und allen nehmen, die sie haben?',
      },
    },
    rules: {
      labels: { filters: 'Regeln suchen' },
      actions: { list: 'Regeln: wer sieht was' },
      properties: { place: 'Ordner oder Bild', who: 'Wer sieht was', source: 'Steht in' },
      messages: {
        about: 'Wer welchen Ordner sieht, wie groß und bis wann. Es gilt die nächste Regel über einem Bild.',
        ...germanRules,
      },
    },
    why: germanWhy,
    networks: {
      labels: { filters: 'Netze suchen' },
      actions: { list: 'Netze', new: 'Netz hinzufügen', edit: 'Netz ändern', delete: 'Entfernen' },
      properties: { name: 'Name', addresses: 'Adressen', places: 'Regeln, die es nennen' },
      messages: {
        about: 'Orte, die einen Namen haben, etwa der Lesesaal: einmal aufgeschrieben, von vielen Regeln genannt.',
        nameHint: 'Etwa Lesesaal. Er bleibt für immer, weil Regeln ihn nennen.',
        addressesHint: 'IP-Adressen und Netze (CIDR), je eines pro Zeile: 10.1.0.0/16',
        confirmDelete: 'Dieses Netz entfernen?',
      },
    },
    keys: {
      labels: { filters: 'Schlüssel suchen' },
      actions: { list: 'Schlüssel für Programme', new: 'Schlüssel machen', delete: 'Widerrufen' },
      properties: {
        name: 'Name',
        folders: 'Ordner und Bilder',
        sees: 'Sieht',
        until: 'Bis',
        expiresAt: 'Bis',
        lastUsedAt: 'Zuletzt benutzt, auf die Stunde',
      },
      messages: {
        about: 'Für Programme, die Bilder holen: was jedes haben darf, bis wann, und wann es zuletzt da war.',
        keyNameHint: 'Des Programms, oder von wem es ist.',
        foldersHint:
          'Pfade unter dem Ordner der Bilder, etwa maps/atlas, je einer in einer Zeile; ein Punkt für alles.',
        seesHint: 'full, oder wie viele Pixel die längere Seite eines kleineren Bildes höchstens hat: 600',
        untilHint: 'Wann der Schlüssel endet: 2027-07-01',
        keyMade:
          'Der Schlüssel ist gemacht. Kopieren Sie ihn jetzt: er wird nur dieses eine Mal gezeigt und nirgends behalten: {{secret}}',
        confirmRevoke: 'Diesen Schlüssel widerrufen? Wer ihn hat, sieht damit in spätestens drei Sekunden nichts mehr.',
      },
    },
    shares: {
      labels: { filters: 'Geteilte Links suchen' },
      actions: { list: 'Geteilte Links', new: 'Link machen', delete: 'Widerrufen' },
      properties: {
        name: 'Für wen',
        folder: 'Ordner oder Bild',
        sees: 'Sieht',
        people: 'Für wie viele',
        shows: 'Zeigt',
        opened: 'Geöffnet von',
        until: 'Bis',
        expiresAt: 'Bis',
        lastUsedAt: 'Zuletzt geöffnet',
        createdAt: 'Gemacht',
      },
      messages: {
        about:
          'Für Menschen ohne Konto: was jeder Link zeigt, wie vielen, und bis wann. Was vorbei ist, steht noch 90 Tage hier.',
        shareNameHint: 'Nur für Sie, etwa Sommerschule 2027: wer den Link öffnet, sieht es nicht.',
        folderHint: 'Sein Pfad unter dem Ordner der Bilder, etwa maps/atlas; ein Punkt für alles.',
        seesHint: 'full, oder wie viele Pixel die längere Seite eines kleineren Bildes höchstens hat: 600',
        peopleHint: 'Wie viele ihn öffnen dürfen, jeder in einem Browser.',
        untilHint: 'Wann er endet, auch für die, die ihn geöffnet haben: 2027-07-01',
        shareMade:
          'Der Link ist gemacht. Kopieren Sie ihn jetzt: er wird nur dieses eine Mal gezeigt und nirgends behalten: {{link}}',
        confirmRevoke: 'Diesen Link widerrufen? In spätestens drei Sekunden sieht damit niemand mehr etwas.',
      },
    },
    requests: requestTexts.de,
    sessions: {
      labels: { filters: 'Anmeldungen suchen' },
      actions: { list: 'Anmeldungen', delete: 'Beenden' },
      properties: {
        user: 'Konto',
        createdAt: 'Beginn',
        expiresAt: 'Spätestes Ende',
        address: 'Adresse',
        browser: 'Browser',
        userAgent: 'Browser, wie er sich nennt',
      },
      messages: {
        about: 'Wer jetzt angemeldet ist, und von wo. Eine Anmeldung beenden, die nicht sein soll.',
        confirmEnd: 'Diese Anmeldung beenden? Wer so angemeldet ist, wird sofort abgemeldet.',
      },
    },
    pictures: {
      labels: { filters: 'Ordner suchen' },
      actions: { list: 'Bilder' },
      properties: {
        folder: 'Ordner',
        pictures: 'Bilder',
        ready: 'Fertig',
        beingMade: 'In Arbeit',
        unserved: 'Nicht gezeigt',
        left: 'Restzeit',
      },
      messages: { about: 'Wie viele Bilder fertig und wie viele in Arbeit sind, Ordner für Ordner.' },
    },
    unserved: {
      labels: { filters: 'Dateien suchen' },
      actions: { list: 'Nicht gezeigte Bilder' },
      properties: { file: 'Datei', reason: 'Warum', remedy: 'Was zu tun ist' },
      messages: { about: 'Dateien, die nicht gezeigt werden können, warum, und was jeweils zu tun ist.' },
    },
    audit: {
      labels: withoutDots(germanActions, ' '),
      actions: { list: 'Protokoll' },
      properties: { at: 'Wann', action: 'Was', actor: 'Wer', target: 'Wem oder was', address: 'Adresse' },
      messages: { about: 'Wer wann was getan hat: Anmeldungen, misslungene Anmeldungen und jede Änderung hier.' },
    },
  },
} satisfies SameKeys<typeof english>;
